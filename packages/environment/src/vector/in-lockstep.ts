import { savedFlag, savedList, savedRecord } from '@rl-recsys/random';
import { assertReset, assertStep } from '../answers.js';
import type { Environment, MaybePromise, ResetResult, StepResult } from '../environment.js';
import { canBeSaved } from '../saving.js';
import type { VectorEnvironment, VectorReset, VectorStep } from './vector-environment.js';

/** What comes of a round: of a step, or of a reset where the episode had ended. */
type Answer<Observation> = ResetResult<Observation> & Partial<StepResult<Observation>>;

/** Steps `environments` together; where they answer later, they work at the same time. */
export function inLockstep<Observation, Action>(
  first: Environment<Observation, Action>,
  others: readonly Environment<Observation, Action>[],
): VectorEnvironment<Observation, Action> {
  const environments = [first, ...others];
  const count = environments.length;
  let ended: boolean[] = [];
  let phase: 'not begun' | 'ready' | 'busy' | 'closed' = 'not begun';
  let closing: Promise<void> | undefined;

  async function all<T>(
    ask: (environment: Environment<Observation, Action>, index: number) => MaybePromise<T>,
  ) {
    phase = 'busy';
    try {
      const answers = await everyAnswer(environments, ask);
      enter('ready');
      return answers;
    } catch (error) {
      // The others have moved on and nobody saw where to: all must begin anew.
      enter('not begun');
      throw error;
    }
  }
  function enter(next: 'ready' | 'not begun') {
    if (phase !== 'closed') phase = next;
  }
  function assertFree(name: string) {
    if (phase === 'closed') throw new Error(`${name}: expected open environments, got closed ones`);
    if (phase === 'busy') throw new Error(`${name}: expected to be awaited, got a call during another`);
  }

  const saving: Pick<VectorEnvironment<Observation, Action>, 'state' | 'restore'> = environments.every(
    canBeSaved,
  )
    ? {
        async state() {
          assertFree('state');
          if (phase === 'not begun') throw new Error('state: expected reset first, got a call before it');
          const states = await all((environment) => environment.state!());
          return { ended: [...ended], environments: states };
        },
        async restore(state) {
          assertFree('restore');
          const saved = savedRecord(state, 'state', ['ended', 'environments']);
          const flags = savedList(saved.ended, 'state.ended', count).map((flag) =>
            savedFlag(flag, 'state.ended'),
          );
          const states = savedList(saved.environments, 'state.environments', count);
          await all((environment, index) => environment.restore!(states[index]!));
          ended = flags;
        },
      }
    : {};

  return {
    count,
    observationSpace: first.observationSpace,
    actionSpace: first.actionSpace,
    async reset({ seed } = {}): Promise<VectorReset<Observation>> {
      assertFree('reset');
      if (seed !== undefined && !(Number.isSafeInteger(seed) && Number.isSafeInteger(seed + (count - 1)))) {
        throw new RangeError(`seed: expected a safe integer with ${count - 1} above it, got ${seed}`);
      }
      const answers = await all<ResetResult<Observation>>((environment, index) =>
        checked(environment.reset(seed === undefined ? {} : { seed: seed + index }), assertReset),
      );
      ended = answers.map(() => false);
      return {
        observations: answers.map(({ observation }) => observation),
        infos: answers.map(({ info }) => info),
      };
    },
    async step(actions): Promise<VectorStep<Observation>> {
      assertFree('step');
      if (phase === 'not begun') throw new Error('step: expected reset first, got a step before it');
      if (actions.length !== count) {
        throw new RangeError(`actions: expected ${count}, one for each environment, got ${actions.length}`);
      }
      const reset = ended;
      const answers = await all<Answer<Observation>>((environment, index) =>
        reset[index]
          ? checked(environment.reset(), assertReset)
          : checked(environment.step(actions[index]!), assertStep),
      );
      const terminated = answers.map((answer, index) => !reset[index] && answer.terminated!);
      const truncated = answers.map((answer, index) => !reset[index] && answer.truncated!);
      const rewards = new Float64Array(count);
      for (let index = 0; index < count; index++) if (!reset[index]) rewards[index] = answers[index]!.reward!;
      ended = terminated.map((isTerminated, index) => isTerminated || truncated[index]!);
      return {
        observations: answers.map(({ observation }) => observation),
        ...{ rewards, terminated, truncated },
        infos: answers.map(({ info }) => info),
        reset,
      };
    },
    ...saving,
    close(): Promise<void> {
      phase = 'closed';
      closing ??= everyAnswer(environments, (environment) => environment.close?.()).then(() => undefined);
      return closing;
    },
  };
}

/** Waits for every one, also where one fails, so that none is still at work afterwards. */
async function everyAnswer<E, T>(
  environments: readonly E[],
  ask: (environment: E, index: number) => MaybePromise<T>,
): Promise<T[]> {
  const answers = new Array<MaybePromise<T>>(environments.length);
  const failures: Failure[] = [];
  const waited: Promise<void>[] = [];
  for (let index = 0; index < environments.length; index++) {
    try {
      const answer = ask(environments[index]!, index);
      answers[index] = answer;
      // Promises are dear beside a step of an environment that answers at once: none is made for those.
      if (isPromise(answer)) waited.push(putAnswer(answer, index, answers, failures));
    } catch (cause) {
      failures.push({ index, cause });
    }
  }
  if (waited.length > 0) await Promise.all(waited);
  if (failures.length > 0) {
    const { index, cause } = failures.reduce((first, other) => (other.index < first.index ? other : first));
    throw new Error(`environment ${index}: ${String(cause)}`, { cause });
  }
  return answers as T[];
}

async function putAnswer<T>(
  promised: Promise<T>,
  index: number,
  answers: MaybePromise<T>[],
  failures: Failure[],
): Promise<void> {
  try {
    answers[index] = await promised;
  } catch (cause) {
    failures.push({ index, cause });
  }
}

interface Failure {
  readonly index: number;
  readonly cause: unknown;
}

/** An answer as it came, once `assert` has accepted it. */
function checked<T>(answer: MaybePromise<T>, assert: (answer: T) => void): MaybePromise<T> {
  if (isPromise(answer)) return later(answer, assert);
  assert(answer);
  return answer;
}

async function later<T>(promised: Promise<T>, assert: (answer: T) => void): Promise<T> {
  return checked(await promised, assert);
}

/** Whether an answer is promised: anything that can be waited for. */
function isPromise<T>(answer: MaybePromise<T>): answer is Promise<T> {
  return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function';
}
