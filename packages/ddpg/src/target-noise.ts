import { Random, type RandomState } from '@rl-recsys/random';
import type { TargetSmoothing } from './learner-options.js';

/** The clipped noise on the target policy's actions, ε ~ clip(N(0, σ), −c, c), of TD3's section 5.3. */
export class TargetNoise {
  private random: Random;

  constructor(private readonly smoothing: TargetSmoothing) {
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

  restore(state: RandomState): void {
    this.random = Random.restore(state);
  }
}
