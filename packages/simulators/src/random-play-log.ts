import type { Environment, RecommendationObservation, RecommendationSpace } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';
import { assertPositiveIntegers } from './positive-integers.js';

/** What one user's items earned, and when each was shown first. */
interface Earned {
  sum: number;
  count: number;
  readonly at: number;
}

/** Rewards are brought to this deviation, that of ratings from −1 to 1: for what vectors are fitted with it is usual. */
const DEVIATION = 0.5;

/** How {@link randomPlayLog} plays. */
export interface RandomPlayOptions {
  /** How many items are shown. */
  readonly steps: number;
  /** Seeds the environment, and draws items. */
  readonly random: Random;
}

/**
 * Shows items at random and keeps what they earned, as a log to fit vectors on: a user's rating of an item is the mean of what it earned
 * with them, brought to the spread of ratings. An environment brings no vectors, and one dimension for each item would have to be learned item by item.
 *
 * @throws RangeError where `steps` is not a positive integer.
 * @throws Error where all rewards are the same: nothing tells items apart then.
 */
export async function randomPlayLog(
  environment: Environment<RecommendationObservation, number>,
  { steps, random }: RandomPlayOptions,
): Promise<RatingLog> {
  assertPositiveIntegers({ steps });
  const { userCount, itemCount } = environment.observationSpace as RecommendationSpace;
  const earned = new Map<number, Earned>();
  const rewards: number[] = [];
  let { observation } = await environment.reset({ seed: random.integer(2 ** 31) });
  for (let step = 0; step < steps; step++) {
    const { user, candidates } = observation;
    const item = candidates[random.integer(candidates.length)]!;
    const next = await environment.step(item);
    const key = user * itemCount + item;
    const before = earned.get(key) ?? { sum: 0, count: 0, at: step };
    earned.set(key, { ...before, sum: before.sum + next.reward, count: before.count + 1 });
    rewards.push(next.reward);
    const ended = next.terminated || next.truncated;
    observation = ended ? (await environment.reset()).observation : next.observation;
  }
  const unit = DEVIATION / deviationOf(rewards);
  if (!Number.isFinite(unit)) {
    throw new Error(
      `environment: expected rewards that differ, got ${rewards[0]} for all of ${steps} items shown at random`,
    );
  }
  const rows = Array.from(earned, ([key, { sum, count, at }]) => ({ key, rating: (unit * sum) / count, at }));
  const ratings = rows.map(({ rating }) => rating);
  return createRatingLog({
    ...{ userCount, itemCount, ratings },
    users: rows.map(({ key }) => Math.floor(key / itemCount)),
    items: rows.map(({ key }) => key % itemCount),
    timestamps: rows.map(({ at }) => at),
    scale: { min: Math.min(...ratings), max: Math.max(...ratings) },
  });
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
