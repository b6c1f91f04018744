import { forEachMeasure, type RankingResult } from './ranking-result.js';
import { meanOf } from './statistics/mean.js';
import { meanOverSeeds } from './statistics/mean-over-seeds.js';

/**
 * The mean of several results on the same split, such as one policy's over its seeds.
 *
 * Per-user scores are averaged too, so that the mean can be compared user by user. `seen` is the largest
 * of all.
 *
 * @param name - what to call the mean.
 * @throws RangeError where there is no result, or they differ in their cutoffs or in who counts.
 */
export function averageOf(name: string, results: readonly RankingResult[]): RankingResult {
  const [first] = results;
  if (first === undefined) throw new RangeError('results: expected at least one, got none');
  for (const [index, result] of results.entries()) checkCutoffsMatch(`results[${index}]`, result, first);
  const perUser = first.perUser.map(({ cutoff }, index) => ({
    cutoff,
    ...forEachMeasure((measure) => meanOverSeeds(results.map((result) => result.perUser[index]![measure]))),
  }));
  return {
    policy: name,
    seen: Math.max(...results.map(({ seen }) => seen)),
    users: first.users,
    cutoffs: first.cutoffs.map((summary, index) => ({
      ...summary,
      ...forEachMeasure((measure) => meanOf(perUser[index]![measure])),
    })),
    perUser,
  };
}

/** @throws RangeError where the two have other cutoffs. */
export function checkCutoffsMatch(name: string, result: RankingResult, first: RankingResult): void {
  const cutoffsOf = ({ perUser }: RankingResult) => perUser.map(({ cutoff }) => cutoff).join(', ');
  if (cutoffsOf(result) !== cutoffsOf(first)) {
    throw new RangeError(
      `${name}: expected the cutoffs of results[0], ${cutoffsOf(first)}, got ${cutoffsOf(result)}`,
    );
  }
}
