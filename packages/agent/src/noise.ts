import {
  assertOptionNames,
  copySaved,
  type OptionNames,
  type Random,
  type Savable,
  type SavedState,
} from '@rl-recsys/random';
import { assertCount, assertNumbers, assertSchedules, NOT_NEGATIVE, POSITIVE } from './number-rules.js';
import { scheduled, type Schedule } from './schedule.js';

/** What exploration adds to actions in (−1, 1). */
export interface Noise extends Savable {
  /** Adds the next noise of a session (default: the first) to `action` in place; it may leave (−1, 1). */
  addTo(action: Float32Array, session?: number): void;
  /** Begins a new episode of a session (default: of all). */
  reset(session?: number): void;
}

/** How strong {@link gaussianNoise} is. */
export interface GaussianNoiseOptions {
  /** Its standard deviation, which may follow how many actions went before. */
  readonly deviation: Schedule;
  readonly random: Random;
}

const GAUSSIAN_NAMES: OptionNames<GaussianNoiseOptions> = { deviation: true, random: true };

/**
 * Independent normal noise.
 *
 * @throws RangeError where the deviation is not a finite number from 0, or an option is unknown.
 */
export function gaussianNoise(options: GaussianNoiseOptions): Noise {
  assertOptionNames(options, GAUSSIAN_NAMES);
  const { deviation, random } = options;
  if (deviation === undefined)
    throw new RangeError('deviation: expected a finite number from 0, got undefined');
  assertSchedules(NOT_NEGATIVE, { deviation });
  let step = 0;
  return {
    addTo(action) {
      const scale = scheduled(deviation, step++);
      for (let index = 0; index < action.length; index++) action[index]! += scale * random.normal();
    },
    reset() {},
    state: () => ({ step, random: random.state() }),
    restore(state) {
      const saved = (state ?? {}) as { readonly step: number; readonly random: SavedState };
      assertCount('step', saved.step);
      random.restore(saved.random);
      step = saved.step;
    },
  };
}

/** How strong {@link ornsteinUhlenbeckNoise} is, and how it drifts. */
export interface OrnsteinUhlenbeckNoiseOptions {
  readonly random: Random;
  /** θ, the pull back to 0 (default 0.15; Lillicrap et al. 2015, section 7). */
  readonly theta?: number;
  /** σ, the strength (default 0.2; the same section). */
  readonly sigma?: Schedule;
  /** dt (default 0.01, as in OpenAI Baselines). */
  readonly timeStep?: number;
}

const ORNSTEIN_UHLENBECK_NAMES: OptionNames<OrnsteinUhlenbeckNoiseOptions> = {
  ...{ random: true, theta: true },
  ...{ sigma: true, timeStep: true },
};

/**
 * Ornstein–Uhlenbeck noise, which drifts: x ← x − θ x dt + σ √dt ε, from 0 at each episode's start; each session has
 * a drift of its own.
 *
 * @throws RangeError where theta or sigma is not a finite number from 0, dt not a positive one, or an option is unknown.
 */
export function ornsteinUhlenbeckNoise(options: OrnsteinUhlenbeckNoiseOptions): Noise {
  assertOptionNames(options, ORNSTEIN_UHLENBECK_NAMES);
  const { random, theta = 0.15, sigma = 0.2, timeStep = 0.01 } = options;
  assertNumbers(NOT_NEGATIVE, { theta });
  assertNumbers(POSITIVE, { timeStep });
  assertSchedules(NOT_NEGATIVE, { sigma });
  let step = 0;
  let drifts: Float64Array[] = [];
  return {
    addTo(action, session = 0) {
      const drift = (drifts[session] ??= new Float64Array(action.length));
      const scale = scheduled(sigma, step++) * Math.sqrt(timeStep);
      for (let index = 0; index < action.length; index++) {
        drift[index]! += -theta * drift[index]! * timeStep + scale * random.normal();
        action[index]! += drift[index]!;
      }
    },
    reset(session) {
      if (session === undefined) drifts.forEach((drift) => drift?.fill(0));
      else drifts[session]?.fill(0);
    },
    state: () => ({
      step,
      random: random.state(),
      drifts: copySaved(Array.from(drifts, (drift) => drift ?? null)),
    }),
    restore(state) {
      const saved = (state ?? {}) as {
        readonly step: number;
        readonly random: SavedState;
        readonly drifts: SavedState[];
      };
      assertCount('step', saved.step);
      assertDrifts(saved.drifts);
      random.restore(saved.random);
      step = saved.step;
      drifts = copySaved(saved.drifts).map((drift) => drift as Float64Array);
    },
  };
}

function assertDrifts(drifts: unknown): void {
  const isDrift = (drift: unknown) =>
    drift === null || (drift instanceof Float64Array && drift.every(Number.isFinite));
  if (!Array.isArray(drifts) || !drifts.every(isDrift)) {
    throw new TypeError('state.drifts: expected finite float64 of each session, got something else');
  }
}
