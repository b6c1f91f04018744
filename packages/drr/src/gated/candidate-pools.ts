import type { HistoryScorer, RatedHistory } from '@rl-recsys/embeddings/scores';
import { topK } from '@rl-recsys/embeddings/search';
import type { Random } from '@rl-recsys/random';
import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import type { LogMoments } from '@rl-recsys/simulators';
import type { BlockWeights } from './block-weights.js';
import { mixedScore } from './mixed-score.js';
import { pastSummary, summarySize, type SummarizedCatalogue } from './past-summary.js';
import { StandardizedScores } from './standardized-scores.js';

/** Of what a pool is made, beside what comes next. */
export interface PoolOptions {
  /** Weights of the blocks, of one mix or of several: the best items of each are in the pool. */
  readonly mixes: readonly BlockWeights[];
  /** How many of the best of each. */
  readonly best: number;
  /** How many of all others, at random. */
  readonly any: number;
  readonly random: Random;
  /** Called before each moment: how many are done. */
  readonly onMoment?: ((done: number) => void) | undefined;
}

/**
 * The items that training looks at from each moment, with their standardized scores. Nothing else is ever shown in training,
 * as where a recommender generates candidates first.
 *
 * A pool has three parts: what the user went on to rate, but would not have come across; what they went on to rate among the best of
 * some mixes and a random choice; and the others of these. The first is for sessions that offer a few known items. Among the
 * candidates of a catalogue it would teach that what ranks low is liked, because nothing disliked ranks as low there.
 */
export interface CandidatePools {
  /** How many blocks there are. */
  readonly blockCount: number;
  /** int32 `[moments + 1]`: where the pool of each moment begins. */
  readonly offsets: Int32Array;
  /** int32 `[moments]`: how many items the user had not rated. */
  readonly unratedCounts: Int32Array;
  /** int32 `[moments]`: where the part begins that the user would have come across. */
  readonly foundFrom: Int32Array;
  /** int32 `[moments]`: where the part begins that the user did not go on to rate. */
  readonly unratedFrom: Int32Array;
  /** int32 `[rows]`: an item each. */
  readonly items: Int32Array;
  /** float32 `[rows, blocks]` */
  readonly scores: Float32Array;
  /** float32 `[moments, summary]`, of `pastSummary`. */
  readonly summaries: Float32Array;
}

/**
 * Scores the catalogue after the past of each moment, and keeps a pool of it.
 *
 * @param scorers - fitted on nothing that comes after the moments.
 */
export function createCandidatePools(
  log: RatingLog,
  moments: LogMoments,
  scorers: readonly HistoryScorer[],
  catalogue: SummarizedCatalogue,
  options: PoolOptions,
): CandidatePools {
  const standardized = new StandardizedScores(scorers);
  const { blockCount, itemCount } = standardized;
  const count = moments.users.length;
  const offsets = new Int32Array(count + 1);
  const unratedCounts = new Int32Array(count);
  const foundFrom = new Int32Array(count);
  const unratedFrom = new Int32Array(count);
  const items: Int32Array[] = [];
  const scores: Float32Array[] = [];
  const size = summarySize(blockCount);
  const summaries = new Float32Array(count * size);
  for (let moment = 0; moment < count; moment++) {
    options.onMoment?.(moment);
    const [user, start, end] = [moments.users[moment]!, moments.starts[moment]!, moments.ends[moment]!];
    const past = pastOf(log, user, start);
    const all = standardized.of(past);
    summaries.set(pastSummary(past, all, blockCount, catalogue), moment * size);
    const next = new Set(log.items.subarray(start, end));
    const found = foundBy(all, past.items, options);
    const pool = Int32Array.from([
      ...[...next].filter((item) => !found.has(item)),
      ...[...next].filter((item) => found.has(item)),
      ...[...found].filter((item) => !next.has(item)),
    ]);
    unratedCounts[moment] = itemCount - past.items.length;
    items.push(pool);
    scores.push(rowsFrom(all, blockCount, pool));
    unratedFrom[moment] = offsets[moment]! + next.size;
    foundFrom[moment] = unratedFrom[moment]! - [...next].filter((item) => found.has(item)).length;
    offsets[moment + 1] = offsets[moment]! + pool.length;
  }
  const rows = offsets[count]!;
  const pools = {
    ...{ blockCount, offsets, unratedCounts, foundFrom, unratedFrom, summaries },
    items: new Int32Array(rows),
    scores: new Float32Array(rows * blockCount),
  };
  for (const [moment, pool] of items.entries()) {
    if (pool.some((item) => item >= itemCount))
      throw new RangeError('log: expected the items of the scorers');
    pools.items.set(pool, offsets[moment]);
    pools.scores.set(scores[moment]!, offsets[moment]! * blockCount);
  }
  return pools;
}

/** What a user had rated before a row of the log, oldest first. */
export function pastOf(log: RatingLog, user: number, end: number): RatedHistory {
  const { start } = rowsOf(log, user);
  return { items: log.items.subarray(start, end), ratings: log.ratings.subarray(start, end) };
}

/** The best of each mix, and some of all, that were not rated before. */
function foundBy(
  scores: Float32Array,
  past: Int32Array,
  { mixes, best, any, random }: PoolOptions,
): Set<number> {
  const blockCount = mixes[0]!.length;
  const itemCount = scores.length / blockCount;
  const barred = new Set(past);
  const chosen = new Set<number>();
  const mixed = new Float32Array(itemCount);
  for (const weights of mixes) {
    for (let item = 0; item < itemCount; item++)
      mixed[item] = mixedScore({ scores, blockCount }, item, weights);
    for (const item of barred) mixed[item] = -Infinity;
    for (const { item } of topK(mixed, Math.min(best, itemCount))) chosen.add(item);
  }
  for (let drawn = 0; drawn < any; drawn++) {
    const item = random.integer(itemCount);
    if (!barred.has(item)) chosen.add(item);
  }
  return chosen;
}

function rowsFrom(scores: Float32Array, blockCount: number, items: Int32Array): Float32Array {
  const rows = new Float32Array(items.length * blockCount);
  for (const [row, item] of items.entries()) {
    rows.set(scores.subarray(item * blockCount, (item + 1) * blockCount), row * blockCount);
  }
  return rows;
}
