import { syncVectorEnvironment, type Environment } from '@rl-recsys/environment';
import type { Agent } from '../agent.js';
import { Sessions } from '../sessions.js';

/** Sessions side by side in which agents are checked. */
const SESSIONS = 2;

/** What an agent did in some rounds. */
export interface Played<Observation, Action> {
  /** All that was seen and done, as text: two that are the same played the same. */
  readonly transcript: string;
  readonly actions: readonly Action[];
  readonly lastObservations: readonly Observation[];
  /** A figure that is no finite number, and its value. */
  readonly badFigures: string | undefined;
  /** Whether something that was handed in was written to. */
  readonly touched: boolean;
  /** What was thrown, or what answer could not be played. */
  readonly failure: string | undefined;
}

export async function playRounds<Observation, Action>(
  agent: Agent<Observation, Action>,
  makeEnvironment: () => Environment<Observation, Action>,
  rounds: number,
  { actBetween = false }: { readonly actBetween?: boolean } = {},
): Promise<Played<Observation, Action>> {
  const environments = syncVectorEnvironment(Array.from({ length: SESSIONS }, () => makeEnvironment));
  const { actionSpace } = environments;
  const sessions = new Sessions(environments);
  const transcript: string[] = [];
  const all: Action[] = [];
  let lastObservations: Observation[] = [];
  let [badFigures, touched]: [string | undefined, boolean] = [undefined, false];
  let failure: string | undefined;
  try {
    await sessions.begin(1);
    agent.begin?.();
    for (let round = 0; round < rounds; round++) {
      const { sessions: playing, observations } = await sessions.playing();
      if (observations.length > 0) lastObservations = observations;
      if (actBetween) agent.act(observations);
      const before = textOf(observations);
      const actions = agent.explore(observations, playing);
      if (!Array.isArray(actions) || actions.length !== observations.length) {
        throw new Error(`explore: expected ${observations.length} actions, got ${String(actions?.length)}`);
      }
      all.push(...actions);
      if (!actions.every((action) => actionSpace.contains(action))) break; // which would be refused
      const steps = await sessions.step(playing, actions);
      const told = textOf(steps);
      const figures = await agent.observe(steps);
      if (!Array.isArray(figures))
        throw new Error(`observe: expected a list of figures, got ${typeof figures}`);
      touched ||= textOf(observations) !== before || textOf(steps) !== told;
      badFigures ??= figures
        .flatMap((each) => Object.entries(each as Record<string, unknown>))
        .filter(([, value]) => value !== undefined && !Number.isFinite(value))
        .map(([name, value]) => `${name} = ${String(value)}`)[0];
      transcript.push(told, textOf(figures));
    }
  } catch (error) {
    failure = String(error);
  }
  return { transcript: transcript.join('\n'), actions: all, lastObservations, badFigures, touched, failure };
}

/** Typed arrays as lists; numbers to the last digit. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    ArrayBuffer.isView(each) ? Array.from(each as Float32Array) : each,
  );
}
