import { savedFlag, savedList, savedRecord } from '@rl-recsys/random';
import { assertReset, assertStep } from '../answers.js';
import type { Environment, MaybePromise, ResetResult, StepResult } from '../environment.js';
import { canBeSaved } from '../saving.js';
import type { VectorEnvironment, VectorReset, VectorStep } from './vector-environment.js';

type Answer<Observation> = StepResult<Observation> & { readonly reset: boolean };

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
      const answers = await all<ResetResult<Observation>>(async (environment, index) =>
        checkedReset(await environment.reset(seed === undefined ? {} : { seed: seed + index })),
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
      const answers = await all<Answer<Observation>>((environment, index) =>
        ended[index]
          ? whenAnswered(environment.reset(), begunAnew)
          : whenAnswered(environment.step(actions[index]!), goneOn),
      );
      ended = answers.map(({ terminated, truncated }) => terminated || truncated);
      return {
        observations: answers.map(({ observation }) => observation),
        rewards: Float64Array.from(answers, ({ reward }) => reward),
        terminated: answers.map(({ terminated }) => terminated),
        truncated: answers.map(({ truncated }) => truncated),
        infos: answers.map(({ info }) => info),
        reset: answers.map(({ reset }) => reset),
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
  const asked = environments.map((environment, index) => settledBy(() => ask(environment, index)));
  // Promises are dear beside a step of an environment that answers at once: none is made for those.
  const outcomes = asked.some((outcome) => isPromise(outcome))
    ? await Promise.all(asked.map((outcome) => Promise.resolve(outcome)))
    : (asked as PromiseSettledResult<T>[]);
  return outcomes.map((outcome, index) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    const cause: unknown = outcome.reason;
    throw new Error(`environment ${index}: ${String(cause)}`, { cause });
  });
}

/** What comes of asking: now where it is answered at once, else later; never an error. */
function settledBy<T>(ask: () => MaybePromise<T>): MaybePromise<PromiseSettledResult<T>> {
  const fulfilled = (value: T) => ({ status: 'fulfilled', value }) as const;
  const rejected = (reason: unknown) => ({ status: 'rejected', reason }) as const;
  try {
    const answer = ask();
    return isPromise(answer) ? answer.then(fulfilled, rejected) : fulfilled(answer);
  } catch (reason) {
    return rejected(reason);
  }
}

function whenAnswered<T, U>(answer: MaybePromise<T>, then: (value: T) => U): MaybePromise<U> {
  return isPromise(answer) ? answer.then(then) : then(answer);
}

/** Whether an answer is promised: anything that can be waited for. */
function isPromise<T>(answer: MaybePromise<T>): answer is Promise<T> {
  return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function';
}

function goneOn<Observation>(answer: StepResult<Observation>): Answer<Observation> {
  return { ...checkedStep(answer), reset: false };
}

function begunAnew<Observation>(answer: ResetResult<Observation>): Answer<Observation> {
  return { ...checkedReset(answer), reward: 0, terminated: false, truncated: false, reset: true };
}

function checkedReset<Observation>(answer: ResetResult<Observation>): ResetResult<Observation> {
  assertReset(answer);
  return answer;
}

function checkedStep<Observation>(answer: StepResult<Observation>): StepResult<Observation> {
  assertStep(answer);
  return answer;
}
