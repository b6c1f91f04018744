import type { Random } from '@rl-recsys/random';

/** What exploration adds to actions in (−1, 1). */
export interface Noise {
  /** Adds the next noise to `action` in place; it may leave (−1, 1). */
  addTo(action: Float32Array): void;
  /** Begins a new episode. */
  reset(): void;
}

/** A figure that may change over time: a number, or a function of how many actions were taken. */
export type Schedule = number | ((step: number) => number);

/** What `schedule` is at `step`. */
export function scheduled(schedule: Schedule, step: number): number {
  return typeof schedule === 'number' ? schedule : schedule(step);
}

/** Independent normal noise of the given standard deviation. */
export function gaussianNoise({ deviation, random }: { deviation: Schedule; random: Random }): Noise {
  let step = 0;
  return {
    addTo(action) {
      const scale = scheduled(deviation, step++);
      for (let index = 0; index < action.length; index++) action[index]! += scale * random.normal();
    },
    reset() {},
  };
}

/**
 * Ornstein–Uhlenbeck noise, which drifts: x ← x − θ x dt + σ √dt ε, from 0 at each episode's start.
 *
 * @param theta - the pull back to 0 (default 0.15; Lillicrap et al. 2015, section 7).
 * @param sigma - the strength (default 0.2; the same section).
 * @param timeStep - dt (default 0.01, as in OpenAI Baselines).
 */
export function ornsteinUhlenbeckNoise({
  random,
  theta = 0.15,
  sigma = 0.2,
  timeStep = 0.01,
}: {
  random: Random;
  theta?: number;
  sigma?: Schedule;
  timeStep?: number;
}): Noise {
  let step = 0;
  let drift = new Float64Array(0);
  return {
    addTo(action) {
      if (drift.length !== action.length) drift = new Float64Array(action.length);
      const scale = scheduled(sigma, step++) * Math.sqrt(timeStep);
      for (let index = 0; index < action.length; index++) {
        drift[index]! += -theta * drift[index]! * timeStep + scale * random.normal();
        action[index]! += drift[index]!;
      }
    },
    reset() {
      drift.fill(0);
    },
  };
}
