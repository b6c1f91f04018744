import type { Environment, Finding, Space } from '@rl-recsys/environment';
import type { Agent } from './agent.js';
import { playRounds } from './check/play-rounds.js';

/** What {@link checkAgent} plays. */
export interface CheckAgentOptions<Observation, Action> {
  /** Makes an agent; called several times, and each time it must make the same one. */
  readonly make: () => Agent<Observation, Action>;
  /** Makes an environment for it. */
  readonly makeEnvironment: () => Environment<Observation, Action>;
  /** How many rounds are played (default 300): enough for the agent to have learned by their end. */
  readonly rounds?: number;
}

/**
 * Looks for what keeps an agent from being trained by `train`, evaluated, stopped and gone on with. It plays the
 * agent in two sessions side by side.
 *
 * @returns what it found; nothing where all is well.
 * @throws RangeError where `rounds` is not a positive integer; what an agent throws is a finding.
 */
export async function checkAgent<Observation, Action>({
  make,
  makeEnvironment,
  rounds = 300,
}: CheckAgentOptions<Observation, Action>): Promise<Finding[]> {
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new RangeError(`rounds: expected a positive integer, got ${rounds}`);
  }
  const findings: Finding[] = [];
  const found = (rule: string, seen: string, change: string) =>
    findings.push({ severity: 'error', rule, seen, change });
  const { actionSpace } = makeEnvironment();

  const first = make();
  const log = await playRounds(first, makeEnvironment, rounds);
  if (log.failure) {
    found('plays', log.failure, 'mend what throws');
    return findings;
  }
  checkAnswers(log, actionSpace, found);
  try {
    checkActing(first, log.lastObservations, actionSpace, found);
  } catch (error) {
    found('acts for each', String(error), 'mend what throws');
  }

  const again = await playRounds(make(), makeEnvironment, rounds);
  if (again.transcript !== log.transcript) {
    found('deterministic', 'the same agent played otherwise', 'draw from a passed seeded stream alone');
  }
  const watched = await playRounds(make(), makeEnvironment, rounds, { actBetween: true });
  if (watched.transcript !== log.transcript) {
    found(
      'act changes nothing',
      'asked to act between rounds it explored otherwise',
      'let act draw and learn nothing',
    );
  }
  await checkResume(make, makeEnvironment, rounds, found);
  return findings;
}

type Found = (rule: string, seen: string, change: string) => void;

function checkAnswers<Observation, Action>(
  { actions, badFigures, touched }: Awaited<ReturnType<typeof playRounds<Observation, Action>>>,
  space: Space<Action>,
  found: Found,
): void {
  const outside = actions.find((action) => !space.contains(action));
  if (outside !== undefined) {
    found('explores within the action space', `explore gave ${String(outside)}`, 'clip or mask actions');
  }
  if (badFigures !== undefined) {
    found(
      'figures are finite numbers',
      `observe told ${badFigures}`,
      'leave out what is not known, as undefined',
    );
  }
  if (touched) {
    found('keeps its hands off', 'an observation or action was written to', 'copy before you change');
  }
}

function checkActing<Observation, Action>(
  agent: Agent<Observation, Action>,
  observations: readonly Observation[],
  space: Space<Action>,
  found: Found,
): void {
  const actions = agent.act(observations);
  if (actions.length !== observations.length) {
    found(
      'acts for each',
      `act gave ${actions.length} actions for ${observations.length}`,
      'return one each',
    );
  }
  const outside = actions.find((action) => !space.contains(action));
  if (outside !== undefined) {
    found('acts within the action space', `act gave ${String(outside)}`, 'clip or mask actions');
  }
  if (agent.act([]).length > 0)
    found('acts for each', 'act gave an action for no observation', 'return none');
}

/** An agent that is saved half-way and restored into a new one must go on as it would have. */
async function checkResume<Observation, Action>(
  make: () => Agent<Observation, Action>,
  makeEnvironment: () => Environment<Observation, Action>,
  rounds: number,
  found: Found,
): Promise<void> {
  const agent = make();
  if (!agent.state || !agent.restore) return;
  await playRounds(agent, makeEnvironment, rounds);
  const resumed = make();
  try {
    resumed.restore!(agent.state());
  } catch (error) {
    found('resumes', String(error), 'let restore take what state gives');
    return;
  }
  const [expected, came] = [
    await playRounds(agent, makeEnvironment, 20),
    await playRounds(resumed, makeEnvironment, 20),
  ];
  if (came.transcript !== expected.transcript) {
    found('resumes', 'a restored agent went on otherwise', 'let state hold all that changes, streams too');
  }
}
