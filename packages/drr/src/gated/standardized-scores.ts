import type { HistoryScorer, RatedHistory } from '@rl-recsys/embeddings/scores';

/** Keeps scores that hardly differ, such as those of nobody's history, from being blown up; our choice. */
const LEAST_DEVIATION = 1e-6;

/**
 * What several scorers give one user's items, each brought to mean 0 and deviation 1 over all items that the user has
 * not rated: scores of any unit can be mixed then, and a scale of ratings that is multiplied changes nothing.
 */
export class StandardizedScores {
  /** How many scorers there are. */
  readonly blockCount: number;
  readonly itemCount: number;
  private readonly raw: Float32Array;
  private readonly joined: Float32Array;
  private readonly isRated: Uint8Array;

  /** @throws RangeError where there is no scorer, two have one name, or they score different catalogues. */
  constructor(private readonly scorers: readonly HistoryScorer[]) {
    assertScorers(scorers);
    this.blockCount = scorers.length;
    this.itemCount = scorers[0]!.itemCount;
    this.raw = new Float32Array(this.itemCount);
    this.joined = new Float32Array(this.itemCount * this.blockCount);
    this.isRated = new Uint8Array(this.itemCount);
  }

  /**
   * The scores after a history.
   *
   * @returns float32 `[items, blocks]`, lent until the next call.
   * @throws RangeError where an item of the history is not in the catalogue.
   */
  of(past: RatedHistory): Float32Array {
    const { scorers, raw, joined, isRated, blockCount } = this;
    isRated.fill(0); // marks may be left of a past that a scorer refused
    for (const item of past.items) isRated[item] = 1;
    for (const [block, scorer] of scorers.entries()) {
      scorer.score(past, raw);
      const { mean, deviation } = momentsOf(raw, isRated);
      for (let item = 0, to = block; item < raw.length; item++, to += blockCount) {
        joined[to] = (raw[item]! - mean) / deviation;
      }
    }
    return joined;
  }
}

/** Of the items that are not rated. */
function momentsOf(scores: Float32Array, isRated: Uint8Array): { mean: number; deviation: number } {
  let [count, sum] = [0, 0];
  for (let item = 0; item < scores.length; item++) {
    if (isRated[item] === 1) continue;
    count += 1;
    sum += scores[item]!;
  }
  const mean = sum / Math.max(1, count);
  let squares = 0;
  for (let item = 0; item < scores.length; item++) {
    if (isRated[item] === 0) squares += (scores[item]! - mean) ** 2;
  }
  return { mean, deviation: Math.sqrt(squares / Math.max(1, count)) + LEAST_DEVIATION };
}

function assertScorers(scorers: readonly HistoryScorer[]): void {
  const [first] = scorers;
  if (!first) throw new RangeError('scorers: expected at least one, got none');
  const names = scorers.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw new RangeError(`scorers: expected different names, got ${names.join(', ')}`);
  }
  const other = scorers.find(({ itemCount }) => itemCount !== first.itemCount);
  if (other) {
    throw new RangeError(
      `scorers: expected ${other.name} to score ${first.itemCount} items, got ${other.itemCount}`,
    );
  }
}
