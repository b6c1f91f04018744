import type { SavedState } from '@rl-recsys/random';
import type { Checkpoints } from './checkpoints.js';
import { copyOver } from './copy-over.js';
import { bytesOf } from './large-arrays.js';

/** A state of so many bytes or fewer is copied, so that training goes on while it is written; a larger one is waited for. */
const COPIED = 64 << 20;

/** What {@link PeriodicCheckpoints} are made from. */
export interface PeriodicCheckpointsOptions {
  readonly checkpoints: Checkpoints;
  /** Milliseconds from one state to the next that is kept; none begins before the one before it is written. */
  readonly every: number;
  /** How good what is saved now is, higher is better (default: nobody measures). */
  readonly score?: () => number | null;
  /** Is told where one could not be written, as where the disk is full: the older ones are there, and training goes on. */
  readonly onError: (error: Error) => void;
}

/**
 * Checkpoints every so often, as `train` of `@rl-recsys/agent` takes them. Training stands still while its state is copied, a few
 * milliseconds, and the copy is hashed and written while it goes on. A state of more than 64 MiB, such as a replay buffer of a million
 * transitions, is written from where it lies instead, and waited for.
 */
export class PeriodicCheckpoints {
  private readonly options: PeriodicCheckpointsOptions;
  private last = performance.now();
  private writing: Promise<void> | undefined;
  /** Where the next state is copied to, once this one is written. */
  private copy: SavedState | undefined;

  /** @throws RangeError where `every` is not a positive number. */
  constructor(options: PeriodicCheckpointsOptions) {
    const { every } = options;
    if (!(every > 0)) throw new RangeError(`every: expected a positive number of milliseconds, got ${every}`);
    this.options = options;
  }

  /** Whether it is time for the next one. */
  isDue(): boolean {
    return this.writing === undefined && performance.now() - this.last >= this.options.every;
  }

  /**
   * Begins a checkpoint of a training.
   *
   * @param state - arrays of it may change once the promise is kept.
   * @param step - environment steps so far.
   * @param isLast - nothing follows: the promise is kept once it is written.
   */
  async save(state: SavedState, step: number, isLast = false): Promise<void> {
    await this.writing;
    const { checkpoints, score, onError } = this.options;
    this.last = performance.now();
    const isCopied = !isLast && bytesOf(state) <= COPIED;
    const kept = isCopied ? (this.copy = copyOver(this.copy, state)) : state;
    this.writing = checkpoints
      .save(kept, { step, score: score?.() ?? null })
      .catch(onError)
      .finally(() => (this.writing = undefined));
    if (!isCopied) await this.writing;
  }
}
