import { type CutoffScores, type RerankingResult, resultOf } from './reranking-result.js';

/**
 * The mean of several results on the same split, such as one policy's over its seeds.
 *
 * Per-user scores are averaged too, so that the mean can be compared user by user.
 *
 * @param name - what to call the mean.
 * @throws RangeError where there is no result, or they differ in their cutoffs or in who counts.
 */
export function averageOf(name: string, results: readonly RerankingResult[]): RerankingResult {
  const first = results[0];
  if (first === undefined) throw new RangeError('results: expected at least one, got none');
  for (const [index, result] of results.entries()) checkAlike(`results[${index}]`, result, first);
  const perUser = first.perUser.map(({ cutoff }, index) => ({
    cutoff,
    precision: meanOf(results.map((result) => result.perUser[index]!.precision)),
    ndcg: meanOf(results.map((result) => result.perUser[index]!.ndcg)),
  }));
  return resultOf(name, first.users, perUser);
}

function meanOf(scores: readonly Float64Array[]): Float64Array {
  return scores[0]!.map((_, user) => scores.reduce((sum, one) => sum + one[user]!, 0) / scores.length);
}

function checkAlike(name: string, result: RerankingResult, first: RerankingResult): void {
  const cutoffsOf = ({ perUser }: RerankingResult) => perUser.map(({ cutoff }) => cutoff).join(', ');
  if (cutoffsOf(result) !== cutoffsOf(first)) {
    throw new RangeError(
      `${name}: expected the cutoffs of results[0], ${cutoffsOf(first)}, got ${cutoffsOf(result)}`,
    );
  }
  for (const [index, scores] of result.perUser.entries()) {
    if (result.users !== first.users || whoCounts(scores) !== whoCounts(first.perUser[index]!)) {
      throw new RangeError(
        `${name}: expected scores of the same users as results[0], got others at cutoff ${scores.cutoff}`,
      );
    }
  }
}

function whoCounts({ precision, ndcg }: CutoffScores): string {
  return [precision, ndcg].map((scores) => Array.from(scores, Number.isNaN).join()).join(';');
}
