import { box, discrete, type Environment, type Space, type StepResult } from '../src/index.js';

/** What a call answers, as far as it matters to a test. An error is thrown instead. */
export type Moment<Observation> = Partial<StepResult<Observation>> | Error;

/** What an environment was asked: the seed of a reset, or the action of a step. */
export type Call<Action> = { seed: number | undefined } | { action: Action };

/** Answers its calls, resets and steps alike, from a script, and notes what it was asked. */
export function scripted<Observation, Action>(
  observationSpace: Space<Observation>,
  actionSpace: Space<Action>,
  script: readonly Moment<Observation>[],
): Environment<Observation, Action> & { calls: Call<Action>[]; closed: number } {
  const upcoming = [...script];
  const next = (call: Call<Action>): StepResult<Observation> => {
    environment.calls.push(call);
    const moment = upcoming.shift();
    if (!moment) throw new Error('the script is over');
    if (moment instanceof Error) throw moment;
    const observation = undefined as Observation;
    return { observation, reward: 0, terminated: false, truncated: false, info: {}, ...moment };
  };
  const environment = {
    calls: [] as Call<Action>[],
    closed: 0,
    observationSpace,
    actionSpace,
    reset({ seed }: { seed?: number } = {}) {
      const { observation, info } = next({ seed });
      return { observation, info };
    },
    step: (action: Action) => next({ action }),
    close: () => void environment.closed++,
  };
  return environment;
}

/** A script for environments whose spaces don't matter. */
export function play(script: readonly Moment<number>[]) {
  return scripted(discrete(9), discrete(9), script);
}

/** A script for environments whose actions are boxes. */
export function playActions(low: number | number[], high: number | number[], length: number) {
  const actionSpace = box({ low, high, length });
  return scripted(discrete(9), actionSpace, new Array<Moment<number>>(5).fill({ observation: 0 }));
}

/** The same, but every answer comes later. */
export function later<Observation, Action>(
  environment: Environment<Observation, Action>,
): Environment<Observation, Action> {
  return {
    ...environment,
    reset: async (options) => Promise.resolve().then(() => environment.reset(options)),
    step: async (action) => Promise.resolve().then(() => environment.step(action)),
  };
}

/** A call's outcome as a promise, also where it throws at once. */
export async function attempt<T>(call: () => T): Promise<Awaited<T>> {
  return await call();
}
