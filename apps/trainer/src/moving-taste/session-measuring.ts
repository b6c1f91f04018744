import { Random } from '@rl-recsys/random';
import type { TrainOptions } from '../options.js';
import type { SessionMeasuring } from './measure-sessions.js';
import { simulatedWorld } from './world.js';

/** The sessions that a run's policies are measured in: none where users can't be simulated. */
export function sessionMeasuring({
  dataset,
  variant,
  historySize,
  seed,
}: TrainOptions): SessionMeasuring | undefined {
  if (dataset !== 'moving-taste') return undefined;
  const { world, measured } = simulatedWorld(seed);
  return {
    ...{ world, historySize, users: measured, sessions: 2 },
    remembers: variant === 'paper' ? 'liked' : 'shown',
    random: Random.fromSeed(seed).fork('measured sessions'),
  };
}
