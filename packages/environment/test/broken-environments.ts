import { Random } from '@rl-recsys/random';
import {
  box,
  dict,
  discrete,
  type BoxSpace,
  type Environment,
  type Infer,
  type ResetOptions,
  type ResetResult,
  type StepResult,
} from '../src/index.js';

const observationSpace = dict({
  position: box({ low: -5, high: 5, length: 2 }),
  remaining: discrete(episodeLength() + 1),
});
const actionSpace = box({ low: -1, high: 1, length: 2 });

export type WalkObservation = Infer<typeof observationSpace>;

/** A walk answers at once and shows what its spaces are made of. */
export interface Walk extends Environment<WalkObservation, Float32Array> {
  readonly observationSpace: typeof observationSpace;
  readonly actionSpace: BoxSpace;
  reset(options?: ResetOptions): ResetResult<WalkObservation>;
  step(action: Float32Array): StepResult<WalkObservation>;
}

/** What a walk remembers. */
export interface WalkState {
  stream: Random;
  position: Float32Array;
  remaining: number;
}

/** How a walk follows a seed. */
type Follow = (seed: number | undefined, stream: Random) => Random;

export function episodeLength(): number {
  return 6;
}

export function walkState(): WalkState {
  return { stream: Random.fromSeed('unseeded'), position: new Float32Array(2), remaining: 0 };
}

const followSeed: Follow = (seed, stream) => (seed === undefined ? stream : Random.fromSeed(seed));

/** A good environment: a walk on a plane from a random place, pushed about by random wind. */
export function goodWalk({
  state = walkState(),
  follow = followSeed,
}: { state?: WalkState; follow?: Follow } = {}): Walk {
  const observe = () => ({ position: state.position.slice(), remaining: state.remaining });
  return {
    observationSpace,
    actionSpace,
    reset({ seed }: ResetOptions = {}) {
      state.stream = follow(seed, state.stream);
      state.position = Float32Array.from({ length: 2 }, () => 2 * state.stream.uniform() - 1);
      state.remaining = episodeLength();
      return { observation: observe(), info: {} };
    },
    step(action) {
      if (state.remaining === 0) throw new Error('step: expected reset first');
      const wind = state.stream.uniform() - 0.5;
      state.position = state.position.map((place, axis) => {
        return Math.min(Math.max(place + action[axis]! + wind, -5), 5);
      });
      state.remaining -= 1;
      const reward = -Math.hypot(...state.position);
      const terminated = state.remaining === 0;
      return { observation: observe(), reward, terminated, truncated: false, info: {} };
    },
    close() {},
  };
}

/** The good one with some of its members replaced, whatever their types. */
export function walkWith(change: (walk: Walk) => object): () => Walk {
  return () => {
    const walk = goodWalk();
    return { ...walk, ...change(walk) };
  };
}

type Answer = Record<string, unknown> & { observation: WalkObservation };

/** The good one, whose answers to reset are changed. */
export function walkWithReset(change: (answer: Answer) => unknown): () => Walk {
  return walkWith((walk) => ({
    reset: (options?: ResetOptions) => change({ ...walk.reset(options) }),
  }));
}

/** The good one, whose answers to step are changed. */
export function walkWithStep(change: (answer: Answer) => unknown): () => Walk {
  return walkWith((walk) => ({
    step: (action: Float32Array) => change({ ...walk.step(action) }),
  }));
}

/** The same environment, every answer of which comes later. */
export function later<Observation, Action>(
  environment: Environment<Observation, Action>,
): Environment<Observation, Action> {
  return {
    ...environment,
    reset: async (options) => Promise.resolve().then(() => environment.reset(options)),
    step: async (action) => Promise.resolve().then(() => environment.step(action)),
    close: async () => Promise.resolve().then(() => environment.close?.()),
  };
}
