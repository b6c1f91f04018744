import { flatSize, flattenInto, type Space } from '@rl-recsys/environment';
import { float32, type Field } from '@rl-recsys/replay-buffer';

/** What replay stores of a step whose observations and actions are vectors. */
export type VectorFields = {
  /** `[stateSize]` */
  readonly observation: Field<'float32'>;
  /** `[actionSize]`: as networks see it. */
  readonly action: Field<'float32'>;
  /** Σ γ^i r_i over the steps of the transition. */
  readonly reward: Field<'float32', 1>;
  /** 0 where the task terminated, γᵐ after m steps elsewhere. */
  readonly discount: Field<'float32', 1>;
  /** `[stateSize]` */
  readonly nextObservation: Field<'float32'>;
};

/** @throws RangeError where a size is not a positive integer. */
export function vectorFields({
  stateSize,
  actionSize,
}: {
  readonly stateSize: number;
  readonly actionSize: number;
}): VectorFields {
  return {
    observation: float32(stateSize),
    action: float32(actionSize),
    reward: float32(),
    discount: float32(),
    nextObservation: float32(stateSize),
  };
}

/** Observations of a space as vectors, one after the other. */
export interface Flattening<Observation> {
  /** How long a vector is. */
  readonly size: number;
  /** float32 `[observations, size]` */
  flatten(observations: readonly Observation[]): Float32Array;
}

/** @throws TypeError where the space is of no known kind. */
export function flatteningOf<Observation>(space: Space<Observation>): Flattening<Observation> {
  const size = flatSize(space);
  return {
    size,
    flatten(observations) {
      const vectors = new Float32Array(observations.length * size);
      for (const [row, observation] of observations.entries()) {
        flattenInto(space, observation, vectors, row * size);
      }
      return vectors;
    },
  };
}
