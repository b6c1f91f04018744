import type { Random, RandomState, Savable, SavedState } from '@rl-recsys/random';
import type { TargetSmoothing } from './ddpg-options.js';

/** The clipped noise on the target policy's actions, ε ~ clip(N(0, σ), −c, c), of TD3's section 5.3. */
export class TargetNoise implements Savable {
  private readonly random: Random;

  /** @throws RangeError where the deviation or the clip is below 0. */
  constructor(private readonly smoothing: TargetSmoothing) {
    const { deviation, clip } = smoothing;
    for (const [name, value] of Object.entries({ deviation, clip })) {
      if (!(value >= 0)) throw new RangeError(`targetSmoothing.${name}: expected at least 0, got ${value}`);
    }
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
