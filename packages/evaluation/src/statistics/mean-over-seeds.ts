/**
 * Each user's mean over several seeds, which is what to compare policies by: draws of one user's score are
 * no further users.
 *
 * @param seeds - `[seeds][users]`; NaN where a user does not count.
 * @returns float64 `[users]`
 * @throws RangeError where there is no seed, or they differ in who counts.
 */
export function meanOverSeeds(seeds: readonly Float64Array[]): Float64Array {
  const [first] = seeds;
  if (first === undefined) throw new RangeError('seeds: expected at least one, got none');
  for (const [index, scores] of seeds.entries()) checkSameUsers(`seeds[${index}]`, scores, first);
  return first.map((_, user) => seeds.reduce((sum, scores) => sum + scores[user]!, 0) / seeds.length);
}

/** @throws RangeError where not the same users count in both. */
export function checkSameUsers(name: string, scores: Float64Array, expected: Float64Array): void {
  if (scores.length !== expected.length) {
    throw new RangeError(`${name}: expected scores of ${expected.length} users, got ${scores.length}`);
  }
  const other = scores.findIndex((score, user) => Number.isNaN(score) !== Number.isNaN(expected[user]!));
  if (other !== -1) {
    throw new RangeError(
      `${name}: expected the same users to count, got ${scores[other]} for user ${other} instead of ${expected[other]}`,
    );
  }
}
