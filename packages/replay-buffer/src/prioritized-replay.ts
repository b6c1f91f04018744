import { assertOptionNames, type OptionNames, type Random, type SavedState } from '@rl-recsys/random';
import { assertShare, assertPriority } from './assert.js';
import { allocateBatch, type Batch } from './batch.js';
import type { Fields, Transition } from './fields.js';
import { importanceWeight, proportionalPriority } from './priorities.js';
import { PriorityTree } from './priority-tree.js';
import {
  assertCanSample,
  assertReplayState,
  assertUpdates,
  type Replay,
  type SampleOptions,
} from './replay.js';
import { TransitionStorage } from './transition-storage.js';

/** What a {@link PrioritizedReplay} is made from. */
export interface PrioritizedReplayOptions<F extends Fields> {
  /** How many transitions are kept; the oldest goes first. */
  readonly capacity: number;
  /** The schema of a transition. */
  readonly fields: F;
  /** What samples are drawn from. Give a fork of its own: its state is saved and loaded. */
  readonly random: Random;
  /**
   * How strongly errors are preferred, from 0 (uniform) to 1 (default 0.6, from Schaul et al. 2016,
   * table 3, the proportional variant).
   */
  readonly alpha?: number;
  /** Added to every |δ|, so that none is never seen again (default 1e-6, from OpenAI Baselines). */
  readonly epsilon?: number;
}

const NAMES: OptionNames<PrioritizedReplayOptions<Fields>> = {
  ...{ capacity: true, fields: true, random: true },
  ...{ alpha: true, epsilon: true },
};

/**
 * Experience replay that prefers transitions that were predicted badly.
 *
 * The proportional variant of Schaul et al. 2016, arXiv 1511.05952, algorithm 1: the priority of a
 * transition is (|δ| + ε)^α, and it is drawn with probability P(i) = priority / sum of priorities. A
 * new transition gets the largest priority that there ever was, 1 at first.
 */
export class PrioritizedReplay<F extends Fields> implements Replay<F> {
  private readonly storage: TransitionStorage<F>;
  private readonly random: Random;
  /** How strongly errors are preferred. */
  readonly alpha: number;
  /** What is added to every |δ|. */
  readonly epsilon: number;
  private readonly tree: PriorityTree;
  /** Scratch: the slot of each row of a batch. */
  private slots: Int32Array = new Int32Array(0);
  /** Scratch: the mass, or the new priority, of each row of a batch. */
  private values: Float64Array = new Float64Array(0);
  /** A priority like those in the tree: α has already been applied to it. */
  private maxPriority = 1;

  /** @throws RangeError where an option is impossible or unknown; it is named. */
  constructor(options: PrioritizedReplayOptions<F>) {
    assertOptionNames(options, NAMES);
    const { capacity, fields, random, alpha = 0.6, epsilon = 1e-6 } = options;
    assertShare('alpha', alpha);
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new RangeError(`epsilon: expected a number above 0 and at most 1, got ${epsilon}`);
    }
    this.storage = new TransitionStorage({ capacity, fields });
    this.random = random;
    this.alpha = alpha;
    this.epsilon = epsilon;
    this.tree = new PriorityTree(capacity);
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
    const id = this.storage.add(transition);
    this.tree.set(this.storage.slotOf(id), this.maxPriority);
    return id;
  }

  /**
   * A batch for {@link PrioritizedReplay.sample} to fill.
   *
   * @throws RangeError where `batchSize` is not a positive integer.
   */
  createBatch(batchSize: number): Batch<F> {
    return allocateBatch(this.storage.fields, batchSize);
  }

  /**
   * Overwrites `batch` with transitions drawn by their priorities, and their importance weights.
   *
   * The sum of priorities is cut into as many equal slices as the batch has rows, and one transition
   * is drawn from each (appendix B.2.1). Weights are relative to the largest in the buffer.
   *
   * @throws RangeError where the buffer is empty or β outside 0 to 1, TypeError where `batch` was made
   * for other fields.
   */
  sample(batch: Batch<F>, { beta }: SampleOptions): void {
    assertShare('beta', beta);
    assertCanSample(this.storage, batch);
    const { ids, weights, columns } = batch;
    const slice = this.tree.total / ids.length;
    const minPriority = this.tree.minimum;
    this.reserve(ids.length);
    const { slots, values } = this;
    for (let row = 0; row < ids.length; row++) values[row] = (row + this.random.uniform()) * slice;
    this.tree.findMany(values, slots, ids.length);
    for (let row = 0; row < ids.length; row++) {
      const slot = slots[row]!;
      ids[row] = this.storage.idAt(slot);
      weights[row] = importanceWeight(this.tree.get(slot), minPriority, beta);
    }
    this.storage.gather(ids, columns);
  }

  /**
   * Gives transitions the priorities of their newest TD errors.
   *
   * A transition that was overwritten since it was sampled is skipped. Of an id that comes twice the
   * last error counts.
   *
   * @param ids - `[batch]`, as `sample` wrote them.
   * @param tdErrors - `[batch]`, δ of either sign.
   * @throws RangeError where the lengths differ, an id was never given out, or an error is not finite
   * as float32. No priority is changed then.
   */
  updatePriorities(ids: ArrayLike<number>, tdErrors: ArrayLike<number>): void {
    assertUpdates(this.storage.added, ids, tdErrors);
    const { alpha, epsilon } = this;
    const oldest = this.storage.oldestId;
    this.reserve(ids.length);
    const { slots, values } = this;
    let count = 0;
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row]!;
      if (id < oldest) continue;
      const priority = proportionalPriority(tdErrors[row]!, { alpha, epsilon });
      slots[count] = this.storage.slotOf(id);
      values[count++] = priority;
      this.maxPriority = Math.max(this.maxPriority, priority);
    }
    this.tree.setMany(slots, values, count);
  }

  /** What was stored with which priorities, and where the stream stands. */
  state(): SavedState {
    return { ...this.view(), records: this.storage.records.slice() };
  }

  /** As {@link PrioritizedReplay.state}, but the transitions are those in use: they are good until the next `add`. */
  view(): Record<string, SavedState> {
    const { added, records } = this.storage;
    const { maxPriority } = this;
    return { added, records, random: this.random.state(), maxPriority, priorities: this.priorities() };
  }

  /**
   * Goes on where {@link PrioritizedReplay.state} stood. A buffer of a larger capacity takes what a full one held, too, as one that was
   * filled so far.
   *
   * @throws RangeError or TypeError where the state is of a larger capacity or other fields; nothing has changed then.
   */
  restore(state: SavedState): void {
    this.goOnFrom(state, 'restore');
  }

  /** As {@link PrioritizedReplay.restore}, but transitions that lie in a block of the buffer's size become those in use. */
  adopt(state: SavedState): void {
    this.goOnFrom(state, 'adopt');
  }

  private goOnFrom(state: SavedState, how: 'restore' | 'adopt'): void {
    const { added, records, random, priorities, maxPriority } = assertReplayState(state);
    const { rows, oldest } = this.storage.assertRestorable({ added, records });
    if (!(priorities instanceof Float64Array && priorities.length === rows)) {
      throw new RangeError(`priorities: expected ${rows} float64, got ${String(priorities?.length)}`);
    }
    assertPriority('maxPriority', maxPriority, this.capacity);
    for (const [slot, priority] of priorities.entries()) {
      assertPriority(`priorities[${slot}]`, priority, this.capacity);
    }
    this.random.restore(random);
    this.storage[how]({ added, records });
    for (let slot = 0; slot < this.capacity; slot++) {
      this.tree.set(slot, slot < rows ? priorities[(oldest + slot) % rows]! : 0);
    }
    this.maxPriority = maxPriority!;
  }

  /** (|δ| + ε)^α of all that is stored, float64 `[size]`, by slot; a copy. */
  priorities(): Float64Array {
    return this.tree.first(this.size);
  }

  private reserve(batchSize: number): void {
    if (this.slots.length >= batchSize) return;
    this.slots = new Int32Array(batchSize);
    this.values = new Float64Array(batchSize);
  }
}
