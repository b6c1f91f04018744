import { train, type TrainOptions } from '@rl-recsys/agent';
import type { RunOptions } from '../options/run-options.js';

/** Where a run is trained: in this process, or by actors elsewhere. */
export interface Training {
  /** As `train` of `@rl-recsys/agent`. */
  train<Observation, Action>(options: TrainOptions<Observation, Action>): Promise<number>;
  /**
   * Is told what a run turned out to be, before it is trained.
   *
   * @param data - tells the data apart that it learns from.
   */
  settled?(options: RunOptions, data: string): Promise<void>;
  /** Whether an error says that another process has this run by now: then nothing more is written to its folder. */
  isReplaced?(error: unknown): boolean;
  /** The command that goes on with a run that was stopped, and its options but for `--resume`. */
  readonly goesOnBy: readonly [command: string, ...options: string[]];
}

export const inThisProcess: Training = { train, goesOnBy: ['train'] };
