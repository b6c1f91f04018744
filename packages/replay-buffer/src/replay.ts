import type { RandomState, Savable, SavedState } from '@rl-recsys/random';
import type { Batch } from './batch.js';
import type { Fields, Transition } from './fields.js';
import type { TransitionStorage } from './transition-storage.js';

/** How a batch is sampled. */
export interface SampleOptions {
  /**
   * How far to correct for prioritized sampling, from 0 (not) to 1 (fully). It usually begins at 0.4
   * and ends at 1. Without a meaning in uniform replay.
   */
  readonly beta: number;
}

/** What uniform and prioritized replay have in common: code for one runs with the other. */
export interface Replay<F extends Fields> extends Savable {
  /** How many transitions fit. */
  readonly capacity: number;
  /** How many transitions are stored now. */
  readonly size: number;
  /** Stores a copy of `transition` and returns its id: 0, 1, 2, … */
  add(transition: Transition<F>): number;
  /** A batch for `sample` to fill; make one and reuse it. */
  createBatch(batchSize: number): Batch<F>;
  /** Overwrites `batch` with transitions drawn with replacement. */
  sample(batch: Batch<F>, options: SampleOptions): void;
  /** Tells the buffer how wrong each transition was predicted. */
  updatePriorities(ids: ArrayLike<number>, tdErrors: ArrayLike<number>): void;
  /** As `state`, but the transitions are those in use and not a copy: they are good until the next `add`. */
  view(): SavedState;
  /** As `restore`, but the transitions of `state` become those in use, where they lie in a block of the buffer's size: nobody else uses them then. */
  adopt(state: SavedState): void;
  /** The priorities of what is stored, in no order, where it is drawn by any. */
  priorities?(): Float64Array;
}

/** @throws where nothing is stored, or `batch` does not fit. */
export function assertCanSample<F extends Fields>(storage: TransitionStorage<F>, batch: Batch<F>): void {
  if (storage.size === 0) {
    throw new RangeError('sample: expected at least one transition, but the buffer is empty');
  }
  const { ids, weights, columns } = batch;
  if (weights.length !== ids.length) {
    throw new TypeError(`batch.weights: expected ${ids.length} like ids, got ${weights.length}`);
  }
  storage.assertColumns(columns, ids.length);
}

/** @throws RangeError where `ids` were never given out, or `tdErrors` is not one finite float32 for each. */
export function assertUpdates(added: number, ids: ArrayLike<number>, tdErrors: ArrayLike<number>): void {
  if (tdErrors.length !== ids.length) {
    throw new RangeError(`tdErrors: expected ${ids.length} like ids, got ${tdErrors.length}`);
  }
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (!Number.isSafeInteger(id) || id < 0 || id >= added) {
      throw new RangeError(`ids[${row}]: expected the id of an added transition, below ${added}, got ${id}`);
    }
    if (!Number.isFinite(Math.fround(tdErrors[row]!))) {
      throw new RangeError(`tdErrors[${row}]: expected a finite number, got ${tdErrors[row]}`);
    }
  }
}

/** What `Replay.state` gives; the last two are of prioritized replay alone. */
interface ReplayState {
  readonly added: number;
  readonly records: Uint8Array;
  readonly random: RandomState;
  readonly maxPriority?: number;
  readonly priorities?: Float64Array;
}

/** @throws TypeError where `state` is not what `Replay.state` gave. */
export function assertReplayState(state: SavedState): ReplayState {
  const { added, records, random } = (state ?? {}) as Partial<ReplayState>;
  if (typeof added !== 'number' || !(records instanceof Uint8Array) || random === undefined) {
    throw new TypeError('state: expected the state of a replay buffer, got something else');
  }
  return state as unknown as ReplayState;
}
