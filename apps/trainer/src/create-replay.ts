import type { Random } from '@rl-recsys/random';
import { PrioritizedReplay, UniformReplay, type Fields, type Replay } from '@rl-recsys/replay-buffer';
import type { TrainOptions } from './options.js';

/** The replay buffer that the options ask for, with room for a run's transitions up to a million. */
export function createReplay<F extends Fields>(
  replay: TrainOptions['replay'],
  { fields, steps, random }: { readonly fields: F; readonly steps: number; readonly random: Random },
): Replay<F> {
  const Buffer = replay === 'prioritized' ? PrioritizedReplay : UniformReplay;
  return new Buffer({ capacity: Math.min(steps, 1_000_000), fields, random });
}
