import { assertNumbers, FINITE, integerFrom, POSITIVE } from '@rl-recsys/agent';

/** How far inserting and sampling may be apart. */
export interface RateLimits {
  /** How often a learner is to sample for each insert. */
  readonly samplesPerInsert: number;
  /** Inserts before the first sample. */
  readonly minSizeToSample: number;
  /** The least that inserts · `samplesPerInsert` − samples may become by a sample. */
  readonly minDiff: number;
  /** The most that it may become by an insert. */
  readonly maxDiff: number;
}

/** How many there were. */
export interface RateCounts {
  readonly inserts: number;
  readonly samples: number;
}

/**
 * Keeps inserting and sampling in step, as Reverb's rate limiter does, without deletions: both sides ask it, each by the counts that it
 * knows.
 *
 * See Cassirer et al. 2021, "Reverb: a framework for experience replay", arXiv 2102.04736, section 3.4.
 */
export class RateLimiter {
  /** @throws RangeError where a limit is impossible; it is named. */
  constructor(private readonly limits: RateLimits) {
    const { samplesPerInsert, minSizeToSample, minDiff, maxDiff } = limits;
    assertNumbers(POSITIVE, { samplesPerInsert });
    assertNumbers(integerFrom(1), { minSizeToSample });
    assertNumbers(FINITE, { minDiff, maxDiff });
    const least = minDiff + samplesPerInsert + 1;
    if (maxDiff < least) {
      throw new RangeError(
        `maxDiff: expected ${least} or more, or both sides could wait for each other, got ${maxDiff}`,
      );
    }
  }

  /** Whether so many samples may be drawn now. */
  canSample({ inserts, samples }: RateCounts, count = 1): boolean {
    const { samplesPerInsert, minSizeToSample, minDiff } = this.limits;
    return inserts >= minSizeToSample && inserts * samplesPerInsert - samples - count >= minDiff;
  }

  /** Whether so many may be inserted now. */
  canInsert({ inserts, samples }: RateCounts, count = 1): boolean {
    const { samplesPerInsert, minSizeToSample, maxDiff } = this.limits;
    if (inserts + count <= minSizeToSample) return true;
    return (inserts + count) * samplesPerInsert - samples <= maxDiff;
  }
}
