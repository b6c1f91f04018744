import { copySaved, type Savable, type SavedState } from '@rl-recsys/random';
import { checkNumber, POSITIVE_INTEGER, type ColumnRule } from '../columns.js';
import type { Interval } from '../statistics/interval.js';
import { alphaOfRound } from './alpha-of-round.js';
import { ConfidenceSequence } from './confidence-sequence.js';

/** Who answered a session: the version that serves, or the one that is tried. */
export type Arm = 'serving' | 'canary';

/** How a version is tried. */
export interface CanaryOptions {
  /** What one session can earn at least and at most, whatever was seen. */
  readonly range: Interval;
  /** The share of sessions that get the new version, above 0 and at most 0.5 (default 0.2). */
  readonly share?: number;
  /** With which probability any of all rounds may be decided wrongly (default 0.05). */
  readonly alpha?: number;
  /** Which canary of this service it is, from 1 (default 1): each spends a part of `alpha`. */
  readonly round?: number;
  /** After so many sessions of both arms it stops undecided (default 6000). */
  readonly most?: number;
}

/** What becomes of a canary: `running` asks for more sessions, `undecided` has had `most`. */
export type CanaryDecision = 'running' | 'promote' | 'reject' | 'undecided';

/** What is tried gets half of all sessions at most. */
const CANARY_SHARE: ColumnRule = {
  expected: 'a number above 0 and at most 0.5',
  holds: (value) => value > 0 && value <= 0.5,
};

/** Where a canary stands. */
export interface CanaryStatus {
  readonly decision: CanaryDecision;
  /** How much more a session of the new version earns; always valid: it may be read at any time. */
  readonly gain: Interval;
  /** How many sessions of both arms were counted, and how many of them were the canary's. */
  readonly sessions: number;
  readonly canarySessions: number;
  /** How many sessions more would decide it, where they go on as they were: 0 once it is decided, null where a million would not. */
  readonly wantedSessions: number | null;
}

/**
 * Decides between the version that serves and a new one that gets a share of sessions. Each session of the new one is
 * set against the mean of the next ones of the other, as many as there are of them for one of it, and an always-valid interval of
 * these differences decides: promote once it is above 0, reject once it is below. Whatever comes in later changes nothing.
 *
 * A version that is no better is promoted with probability α at most, at whatever time it is looked at. That is so where arms
 * are drawn at random by session, sessions don't depend on one another, and what they earn is of `range`; what
 * drifts for both alike cancels out.
 */
export class Canary implements Savable {
  private readonly sequence: ConfidenceSequence;
  private readonly share: number;
  private readonly most: number;
  /** How many sessions of the serving version stand against one. */
  private readonly others: number;
  private counts: Record<Arm, number> = { serving: 0, canary: 0 };
  /** What was earned and has nothing to be set against yet, oldest first. */
  private waiting: Record<Arm, number[]> = { serving: [], canary: [] };
  private decision: CanaryDecision = 'running';

  /** @throws RangeError where an option is out of its range. */
  constructor(private readonly options: CanaryOptions) {
    const { range, share = 0.2, alpha = 0.05, round = 1, most = 6000 } = options;
    checkNumber('share', share, CANARY_SHARE);
    checkNumber('most', most, POSITIVE_INTEGER);
    const width = range.high - range.low;
    this.sequence = new ConfidenceSequence({
      range: { low: -width, high: width },
      alpha: alphaOfRound(alpha, round),
    });
    this.share = share;
    this.most = most;
    this.others = Math.max(1, Math.round(1 / share) - 1);
  }

  /**
   * Counts a session that is over. Sessions are to come in the order in which they began, or after one waiting time for
   * all: else short ones come first, and not the same of both arms.
   *
   * @param earned - what it earned, clicked or not.
   * @throws RangeError where it is not of `range`; nothing has changed then.
   */
  observe(arm: Arm, earned: number): CanaryDecision {
    const { low, high } = this.options.range;
    if (!(earned >= low && earned <= high)) {
      throw new RangeError(`earned: expected from ${low} to ${high}, got ${earned}`);
    }
    if (this.decision !== 'running') return this.decision;
    this.counts[arm] += 1;
    this.waiting[arm].push(earned);
    const { serving, canary } = this.waiting;
    if (canary.length > 0 && serving.length >= this.others) {
      const against = serving.splice(0, this.others).reduce((sum, each) => sum + each, 0) / this.others;
      this.sequence.push(canary.shift()! - against);
      const gain = this.sequence.interval();
      if (gain.low > 0) this.decision = 'promote';
      else if (gain.high < 0) this.decision = 'reject';
    }
    if (this.decision === 'running' && this.counts.serving + this.counts.canary >= this.most) {
      this.decision = 'undecided';
    }
    return this.decision;
  }

  status(): CanaryStatus {
    const { decision, counts } = this;
    return {
      decision,
      gain: this.sequence.interval(),
      sessions: counts.serving + counts.canary,
      canarySessions: counts.canary,
      wantedSessions: this.wantedSessions(),
    };
  }

  state(): SavedState {
    const { counts, waiting, decision } = this;
    return copySaved({ counts, waiting, decision, sequence: this.sequence.state() });
  }

  restore(state: SavedState): void {
    const { counts, waiting, decision, sequence } = copySaved(state ?? {}) as unknown as {
      readonly counts: Record<Arm, number>;
      readonly waiting: Record<Arm, number[]>;
      readonly decision: CanaryDecision;
      readonly sequence: SavedState;
    };
    for (const arm of ['serving', 'canary'] as const) {
      if (!(Number.isSafeInteger(counts?.[arm]) && Array.isArray(waiting?.[arm]))) {
        throw new TypeError(`state: expected the count of ${arm} and what waits of it`);
      }
    }
    if (!['running', 'promote', 'reject', 'undecided'].includes(decision)) {
      throw new TypeError(`state.decision: expected that of a canary, got ${String(decision)}`);
    }
    this.sequence.restore(sequence);
    [this.counts, this.waiting, this.decision] = [counts, waiting, decision];
  }

  private wantedSessions(): number | null {
    if (this.decision === 'promote' || this.decision === 'reject') return 0;
    const pairs = this.sequence.wantedUntilOutside(0);
    // Whichever arm comes more slowly than it is used makes the pairs.
    return pairs === null
      ? null
      : Math.ceil(pairs * Math.max(1 / this.share, this.others / (1 - this.share)));
  }
}
