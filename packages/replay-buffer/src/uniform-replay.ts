import { assertOptionNames, type OptionNames, type Random, type SavedState } from '@rl-recsys/random';
import { assertShare } from './assert.js';
import { allocateBatch, type Batch } from './batch.js';
import type { Fields, Transition } from './fields.js';
import {
  assertCanSample,
  assertReplayState,
  assertUpdates,
  type Replay,
  type SampleOptions,
} from './replay.js';
import { TransitionStorage } from './transition-storage.js';

/** What a {@link UniformReplay} is made from. */
export interface UniformReplayOptions<F extends Fields> {
  /** How many transitions are kept; the oldest goes first. */
  readonly capacity: number;
  /** The schema of a transition. */
  readonly fields: F;
  /** What samples are drawn from. Give a fork of its own: its state is saved and loaded. */
  readonly random: Random;
}

const NAMES: OptionNames<UniformReplayOptions<Fields>> = { capacity: true, fields: true, random: true };

/** Experience replay in which every stored transition is equally likely (Lin 1992). */
export class UniformReplay<F extends Fields> implements Replay<F> {
  private readonly storage: TransitionStorage<F>;
  private readonly random: Random;

  /** @throws RangeError where an option is impossible or unknown; it is named. */
  constructor(options: UniformReplayOptions<F>) {
    assertOptionNames(options, NAMES);
    const { capacity, fields, random } = options;
    this.storage = new TransitionStorage({ capacity, fields });
    this.random = random;
  }

  /** How many transitions fit. */
  get capacity(): number {
    return this.storage.capacity;
  }

  /** The schema of a transition. */
  get fields(): F {
    return this.storage.fields;
  }

  /** How many transitions are stored now. */
  get size(): number {
    return this.storage.size;
  }

  /**
   * Stores a copy of `transition`, in place of the oldest one where the buffer is full.
   *
   * @returns its id.
   * @throws TypeError or RangeError where a field is missing or wrong. Nothing is stored then.
   */
  add(transition: Transition<F>): number {
    return this.storage.add(transition);
  }

  /**
   * A batch for {@link UniformReplay.sample} to fill.
   *
   * @throws RangeError where `batchSize` is not a positive integer.
   */
  createBatch(batchSize: number): Batch<F> {
    return allocateBatch(this.storage.fields, batchSize);
  }

  /**
   * Overwrites `batch` with transitions, each drawn from all that are stored; all weights are 1.
   *
   * @param options - checked but not used, so that prioritized replay can take this one's place.
   * @throws RangeError where the buffer is empty or β outside 0 to 1, TypeError where `batch` was made
   * for other fields.
   */
  sample(batch: Batch<F>, options?: SampleOptions): void {
    if (options !== undefined) assertShare('beta', options.beta);
    assertCanSample(this.storage, batch);
    const { ids, weights, columns } = batch;
    for (let row = 0; row < ids.length; row++) {
      ids[row] = this.storage.oldestId + this.random.integer(this.storage.size);
    }
    weights.fill(1);
    this.storage.gather(ids, columns);
  }

  /**
   * Checks its arguments and does nothing, so that prioritized replay can take this one's place.
   *
   * @throws RangeError as `PrioritizedReplay.updatePriorities` does.
   */
  updatePriorities(ids: ArrayLike<number>, tdErrors: ArrayLike<number>): void {
    assertUpdates(this.storage.added, ids, tdErrors);
  }

  /** What was stored, and where the stream stands. */
  state(): SavedState {
    return { ...this.view(), records: this.storage.records.slice() };
  }

  /** As {@link UniformReplay.state}, but the transitions are those in use: they are good until the next `add`. */
  view(): Record<string, SavedState> {
    const { added, records } = this.storage;
    return { added, records, random: this.random.state() };
  }

  /**
   * Goes on where {@link UniformReplay.state} stood. A buffer of a larger capacity takes what a full one held, too, as one that was filled
   * so far.
   *
   * @throws RangeError or TypeError where the state is of a larger capacity or other fields; nothing has changed then.
   */
  restore(state: SavedState): void {
    this.goOnFrom(state, 'restore');
  }

  /** As {@link UniformReplay.restore}, but transitions that lie in a block of the buffer's size become those in use. */
  adopt(state: SavedState): void {
    this.goOnFrom(state, 'adopt');
  }

  private goOnFrom(state: SavedState, how: 'restore' | 'adopt'): void {
    const { added, records, random } = assertReplayState(state);
    this.storage.assertRestorable({ added, records });
    this.random.restore(random);
    this.storage[how]({ added, records });
  }
}
