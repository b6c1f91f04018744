import { firstNotFinite, type SavedState } from '@rl-recsys/random';
import type { Learner, LearnResult } from './learner.js';

/** Errors beyond it have gradients whose squares have no room in 32 bits: Adam then stands still for ever. */
export const LARGEST = 1e15;

/** Updates between two looks at everything that learning changes: one costs as much as one to five updates. */
const EVERY = 2000;

/**
 * Stops learning that runs away, and keeps what was learned before.
 *
 * What an update tells is looked at each time, networks and optimizers every two thousand updates.
 */
export class RunawayGuard {
  private updates = 0;
  /** The number of updates after which everything is looked at next. */
  private due = 0;
  private good: { readonly state: SavedState; readonly updates: number } | undefined;

  constructor(private readonly learner: Pick<Learner<never>, 'state' | 'restore'>) {}

  /** Before an update. */
  before(): void {
    if (this.updates >= this.due) {
      this.good = { state: this.state(), updates: this.updates };
      this.due = this.updates + EVERY;
    }
    this.updates += 1;
  }

  /** @throws RangeError where an update tells of something that is not finite or beyond all measure; it is named. */
  after({ figures, tdErrors }: LearnResult): void {
    for (const name in figures) {
      const value = figures[name];
      if (value !== undefined && !(Math.abs(value) <= LARGEST ** 2)) this.stop(name, value);
    }
    for (let row = 0; row < tdErrors.length; row++)
      if (!(Math.abs(tdErrors[row]!) <= LARGEST)) this.stop('tdErrors', tdErrors[row]!);
  }

  /**
   * The learner's state.
   *
   * @throws RangeError where a number of networks or optimizers is not finite; it is named.
   */
  state(): SavedState {
    const state = this.learner.state();
    const found = firstNotFinite(state, 'learner');
    if (found) this.stop(found.path, found.value);
    return state;
  }

  /** How many updates it has seen, for {@link RunawayGuard.goOnFrom}. */
  get seen(): number {
    return this.updates;
  }

  /**
   * The learner was given another state, one after so many updates.
   *
   * @param good - that state, where it has been looked at (default: it is before the next update).
   */
  goOnFrom(updates: number, good?: SavedState): void {
    this.updates = updates;
    this.due = good === undefined ? updates : updates + EVERY;
    this.good = good === undefined ? undefined : { state: good, updates };
  }

  private stop(name: string, value: number): never {
    const { good, updates } = this;
    if (good) this.learner.restore(good.state);
    const kept = good ? `; what was learned until update ${good.updates} is kept` : '';
    throw new RangeError(
      `${name}: expected a finite number that learning can go on from, got ${value} in update ${updates}${kept}. ` +
        'Lower learning rates, rewardScale or rewardClip may help',
    );
  }
}
