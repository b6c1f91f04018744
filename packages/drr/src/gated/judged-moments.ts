import { isLiked, type RatingLog } from '@rl-recsys/rating-log';
import type { LogMoments } from '@rl-recsys/simulators';
import type { CandidateKind } from './candidate-kind.js';
import type { CandidatePools } from './candidate-pools.js';
import type { GoalName } from './goal-names.js';

/** The length of the lists that are judged: of the catalogue, and of few items. */
const LENGTHS: Readonly<Record<CandidateKind, number>> = { catalogue: 10, few: 5 };

/** What is ranked from one moment, and what of it should come first. */
export interface JudgedMoment {
  readonly moment: number;
  /** Rows of the pool, from `from` to `to` − 1. */
  readonly from: number;
  readonly to: number;
  /** `[to − from]`: 1 at a row that should come first. */
  readonly isWanted: Uint8Array;
  /** The discounted gain of the best list there is. */
  readonly ideal: number;
}

/**
 * The moments from which there is something to be found: their pools, or where items are few what users went on to rate, if that
 * is enough for a list.
 *
 * @param goal - what is to be found of the catalogue: all that they went on to like, or the next item. Of few items it is likes.
 */
export function judgedMoments(
  kind: CandidateKind,
  log: RatingLog,
  { users, starts, ends }: LogMoments,
  { offsets, unratedFrom, items }: CandidatePools,
  goal: GoalName,
): JudgedMoment[] {
  const judged: JudgedMoment[] = [];
  for (let moment = 0; moment < users.length; moment++) {
    const from = offsets[moment]!;
    const to = kind === 'few' ? unratedFrom[moment]! : offsets[moment + 1]!;
    const ofNext = kind === 'catalogue' && goal === 'next-item';
    const wanted = ofNext
      ? new Set([log.items[starts[moment]!]!])
      : likedBetween(log, starts[moment]!, ends[moment]!);
    if (wanted.size === 0 || (kind === 'few' && to - from < LENGTHS.few)) continue;
    const marks = Uint8Array.from(items.subarray(from, to), (item) => (wanted.has(item) ? 1 : 0));
    judged.push({ moment, from, to, isWanted: marks, ideal: idealGain(wanted.size, LENGTHS[kind]) });
  }
  return judged;
}

function likedBetween({ items, ratings, scale }: RatingLog, start: number, end: number): Set<number> {
  const liked = new Set<number>();
  for (let row = start; row < end; row++) if (isLiked(ratings[row]!, scale)) liked.add(items[row]!);
  return liked;
}

/**
 * NDCG of each moment, at 10 of the catalogue and at 5 of few items; of equal scores the first row counts as ranked higher.
 *
 * @param scoreOf - what a row of the pools gets.
 * @returns float64 `[judged]`
 */
export function gainsOf(
  kind: CandidateKind,
  judged: readonly JudgedMoment[],
  scoreOf: (row: number, moment: number) => number,
): Float64Array {
  const best = { scores: new Float64Array(LENGTHS[kind]), rows: new Int32Array(LENGTHS[kind]) };
  return Float64Array.from(judged, ({ moment, from, to, isWanted, ideal }) => {
    best.scores.fill(-Infinity);
    for (let row = from; row < to; row++) insert(best, scoreOf(row, moment), row);
    let gain = 0;
    for (let place = 0; place < best.rows.length && best.scores[place]! > -Infinity; place++) {
      if (isWanted[best.rows[place]! - from] === 1) gain += discount(place);
    }
    return gain / ideal;
  });
}

function insert(
  { scores, rows }: { scores: Float64Array; rows: Int32Array },
  score: number,
  row: number,
): void {
  let place = scores.length - 1;
  if (!(score > scores[place]!)) return;
  for (; place > 0 && score > scores[place - 1]!; place--) {
    scores[place] = scores[place - 1]!;
    rows[place] = rows[place - 1]!;
  }
  scores[place] = score;
  rows[place] = row;
}

const discount = (place: number) => 1 / Math.log2(place + 2);

function idealGain(count: number, k: number): number {
  let sum = 0;
  for (let place = 0; place < Math.min(count, k); place++) sum += discount(place);
  return sum;
}
