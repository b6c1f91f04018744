import { assertNumbers, integerFrom, SHARE } from '@rl-recsys/agent';
import type { Random } from '@rl-recsys/random';
import { learningRateShare } from '../residual/learning-rate-share.js';
import type { RewardModel } from '../reward-model/reward-model.js';
import { pickRows, viewsOf, type SessionSteps } from './session-steps.js';

/** How a model is fitted to what sessions earn. */
export interface FitValuesOptions {
  /** γ (default 1: the plain sum of a session). */
  readonly gamma?: number;
  /** Updates in all (default 600). */
  readonly updates?: number;
  /** Steps in an update (default 256). */
  readonly batchSize?: number;
  /** Draws batches. */
  readonly random: Random;
}

/** Fitted Q evaluation. */
export interface FitQEvaluationOptions extends FitValuesOptions {
  /**
   * How often targets are made anew (default: as many as the longest session has steps, so that the last reward gets to the
   * first). Updates are shared out evenly.
   */
  readonly iterations?: number;
}

/** Rows that are looked at before it is fitted, and how many are valued in one call. */
const PREPARED = 2048;
const AT_ONCE = 1024;

/**
 * Fits Q̂ of the policy that logged: what the rest of a session earned is regressed on what was seen and shown. It needs no
 * propensities and doesn't run away; beside a policy close to the logging one it is the model to take for doubly robust.
 *
 * @param model - new; its inputs are brought to one scale here. It sees what a critic sees; take `dropout: 0`.
 * @throws RangeError where an option is out of range, an index is in no table, or the histories have another length.
 */
export function fitReturns(model: RewardModel, steps: SessionSteps, options: FitValuesOptions): void {
  const { gamma = 1, updates = 600 } = options;
  assertNumbers(SHARE, { gamma });
  prepare(model, steps, options.random.fork('prepare'));
  regress(model, steps, returnsToGo(steps, gamma), { ...options, done: 0, total: updates, updates });
}

/**
 * Fitted Q evaluation (Le, Voloshin and Yue 2019): fits Q̂ of another policy by regressing r + γ V̂(s′) again and again, V̂
 * being what the model fitted before expects of the items that the policy would show.
 *
 * @param model - new, as for {@link fitReturns}.
 * @param drawn - int32 `[rows · any]`: as many items of each row, drawn from the policy there, such as four.
 * @throws RangeError where an option is out of range, an index is in no table, or there are not as many draws for each row.
 */
export function fitQEvaluation(
  model: RewardModel,
  steps: SessionSteps,
  drawn: Int32Array,
  options: FitQEvaluationOptions,
): void {
  const { gamma = 1, updates = 600, iterations = longestOf(steps) } = options;
  assertNumbers(SHARE, { gamma });
  assertNumbers(integerFrom(1), { iterations, updates });
  prepare(model, steps, options.random.fork('prepare'));
  let expected: Float64Array | undefined;
  for (let iteration = 0, done = 0; iteration < iterations; iteration++) {
    const until = Math.round(((iteration + 1) * updates) / iterations);
    const random = options.random.fork(String(iteration));
    regress(model, steps, targetsOf(steps, gamma, expected), {
      ...{ ...options, random, done, total: updates, updates: until - done },
    });
    done = until;
    if (iteration + 1 < iterations) expected = valuesOf(model, steps, drawn);
  }
}

/**
 * What a fitted model expects in sessions that it wasn't fitted on: `SessionPredictions` of `@rl-recsys/off-policy`.
 *
 * @param drawn - int32 `[rows · any]`: as many items of each row, drawn from the policy that is judged.
 * @returns `logged` `[rows]`: Q̂ of what was shown; `expected` `[rows]`: the mean Q̂ of what was drawn.
 */
export function predictSessions(
  model: RewardModel,
  steps: SessionSteps,
  drawn: Int32Array,
): { readonly logged: Float64Array; readonly expected: Float64Array } {
  return { logged: valuesOf(model, steps, steps.item), expected: valuesOf(model, steps, drawn) };
}

/** `[rows]`: Σ γᵗ of what was earned from there on. */
function returnsToGo({ starts, reward }: SessionSteps, gamma: number): Float32Array {
  const returns = new Float32Array(reward.length);
  for (let session = 0; session + 1 < starts.length; session++) {
    for (let row = starts[session + 1]! - 1, rest = 0; row >= starts[session]!; row--) {
      rest = reward[row]! + gamma * rest;
      returns[row] = rest;
    }
  }
  return returns;
}

/** `[rows]`: r + γ V̂(s′), and r where the session ends or nothing is expected yet. */
function targetsOf({ starts, reward }: SessionSteps, gamma: number, expected?: Float64Array): Float32Array {
  const targets = reward.slice();
  if (expected === undefined) return targets;
  for (let session = 0; session + 1 < starts.length; session++) {
    for (let row = starts[session]!; row + 1 < starts[session + 1]!; row++) {
      targets[row]! += gamma * expected[row + 1]!;
    }
  }
  return targets;
}

function prepare(model: RewardModel, steps: SessionSteps, random: Random): void {
  const rows = drawRows(steps, Math.min(PREPARED, steps.item.length), random);
  model.prepare(batchOf(steps, rows, steps.reward));
}

function regress(
  model: RewardModel,
  steps: SessionSteps,
  targets: Float32Array,
  {
    updates,
    done,
    total,
    batchSize = 256,
    random,
  }: FitValuesOptions & { readonly updates: number; readonly done: number; readonly total: number },
): void {
  assertNumbers(integerFrom(1), { batchSize, updates: total });
  const draws = random.fork('batches');
  for (let update = 0; update < updates; update++) {
    model.scaleLearningRates(learningRateShare(done + update, total));
    model.learn(batchOf(steps, drawRows(steps, batchSize, draws), targets));
  }
}

function drawRows({ item }: SessionSteps, count: number, random: Random): Int32Array {
  return Int32Array.from({ length: count }, () => random.integer(item.length));
}

function batchOf(steps: SessionSteps, rows: Int32Array, targets: Float32Array) {
  const n = steps.history.length / steps.user.length;
  return {
    columns: {
      user: pickRows(steps.user, rows, 1),
      history: pickRows(steps.history, rows, n),
      rewards: pickRows(steps.rewards, rows, n),
      item: pickRows(steps.item, rows, 1),
      reward: pickRows(targets, rows, 1),
    },
    weights: new Float32Array(rows.length).fill(1),
  };
}

/** `[rows]`: the mean of Q̂ over each row's items. */
function valuesOf(model: RewardModel, steps: SessionSteps, items: Int32Array): Float64Array {
  const each = items.length / steps.item.length;
  if (!(Number.isInteger(each) && each > 0)) {
    throw new RangeError(
      `drawn: expected as many items of each of ${steps.item.length} rows, got ${items.length}`,
    );
  }
  const values = new Float64Array(steps.item.length);
  for (let first = 0; first < steps.item.length; first += AT_ONCE) {
    const end = Math.min(first + AT_ONCE, steps.item.length);
    const valued = model.values(viewsOf(steps, first, end), items.slice(first * each, end * each));
    for (let place = 0; place < valued.length; place++) {
      values[first + Math.floor(place / each)]! += valued[place]! / each;
    }
  }
  return values;
}

function longestOf({ starts }: SessionSteps): number {
  let longest = 1;
  for (let session = 0; session + 1 < starts.length; session++) {
    longest = Math.max(longest, starts[session + 1]! - starts[session]!);
  }
  return longest;
}
