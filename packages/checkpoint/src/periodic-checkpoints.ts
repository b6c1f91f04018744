import type { SavedState } from '@rl-recsys/random';
import type { Checkpoints } from './checkpoints.js';
import { copyOver } from './copy-over.js';
import { bytesOf } from './large-arrays.js';

/** A state of so many bytes or fewer is copied, so that training goes on while it is written; a larger one is waited for. */
const COPIED = 64 << 20;

/** What {@link PeriodicCheckpoints} are made from. */
export interface PeriodicCheckpointsOptions {
  readonly checkpoints: Checkpoints;
  /**
   * Milliseconds from one state that is kept until the next one is written: the most of a training that a crash loses, as long as writing takes
   * at most twice what it took last, and half of this. None begins before the one before it is written.
   */
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
  private begun = performance.now();
  /** Milliseconds that are left for writing the next one. */
  private room: number;
  private writing: Promise<void> | undefined;
  /** Where the next state is copied to, once this one is written. */
  private copy: SavedState | undefined;

  /** @throws RangeError where `every` is not a positive number. */
  constructor(options: PeriodicCheckpointsOptions) {
    const { every } = options;
    if (!(every > 0)) throw new RangeError(`every: expected a positive number of milliseconds, got ${every}`);
    this.options = options;
    this.room = every / 10; // nobody knows yet
  }

  /** Whether it is time for the next one, so that it is written in time. */
  isDue(): boolean {
    return this.writing === undefined && performance.now() - this.begun >= this.options.every - this.room;
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
    const { checkpoints, every, score, onError } = this.options;
    const begun = (this.begun = performance.now());
    const isCopied = !isLast && bytesOf(state) <= COPIED;
    const kept = isCopied ? (this.copy = copyOver(this.copy, state)) : state;
    this.writing = checkpoints
      .save(kept, { step, score: score?.() ?? null })
      .catch(onError)
      .finally(() => {
        this.writing = undefined;
        this.room = Math.min(2 * (performance.now() - begun), every / 2);
      });
    if (!isCopied) await this.writing;
  }
}
