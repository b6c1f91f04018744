import { assertNumbers, NOT_NEGATIVE } from '@rl-recsys/agent';
import {
  assertOptionNames,
  type OptionNames,
  type Random,
  type RandomState,
  type Savable,
  type SavedState,
} from '@rl-recsys/random';
import type { TargetSmoothing } from './ddpg-options.js';

const NAMES: OptionNames<TargetSmoothing> = { deviation: true, clip: true, random: true };

/** The clipped noise on the target policy's actions, ε ~ clip(N(0, σ), −c, c), of TD3's section 5.3. */
export class TargetNoise implements Savable {
  private readonly random: Random;

  /** @throws RangeError where the deviation is not a finite number from 0, or the clip is below 0. */
  constructor(private readonly smoothing: TargetSmoothing) {
    assertOptionNames(smoothing, NAMES);
    const { deviation, clip } = smoothing;
    assertNumbers(NOT_NEGATIVE, { 'targetSmoothing.deviation': deviation });
    if (clip !== Infinity) assertNumbers(NOT_NEGATIVE, { 'targetSmoothing.clip': clip });
    this.random = smoothing.random;
  }

  draw(length: number): Float32Array {
    const { deviation, clip } = this.smoothing;
    return Float32Array.from({ length }, () =>
      Math.max(-clip, Math.min(clip, deviation * this.random.normal())),
    );
  }

  state(): RandomState {
    return this.random.state();
  }

  restore(state: SavedState): void {
    this.random.restore(state);
  }
}
