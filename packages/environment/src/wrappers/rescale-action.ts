import type { Environment } from '../environment.js';
import { box, type BoxSpace } from '../spaces/box.js';
import { expectFloatBox } from './expect-box.js';
import { wrap } from './wrap.js';

/** What an agent's actions lie between. */
export interface RescaleActionOptions {
  /** Becomes the environment's lower bound. Default −1, what a tanh gives. */
  readonly low?: number;
  /** Becomes the environment's upper bound. Default 1, what a tanh gives. */
  readonly high?: number;
  /**
   * What they are mapped to, within the environment's box: one bound for all numbers (default: the box's own
   * bounds, which must be finite then).
   */
  readonly to?: { readonly low: number; readonly high: number };
}

/**
 * The same environment with actions in `[low, high]`, each number mapped affinely to its own bounds.
 *
 * The action that was given stays as it is. Gymnasium's `RescaleAction`, which has no defaults.
 *
 * @throws TypeError where the action space is not a box of `Float32Array`s.
 * @throws RangeError where a bound that actions are mapped to is infinite or outside the environment's box, or `low`
 * is not a finite number below `high`; from `step` where the action is not in the new space. To clip it, put
 * `clipAction` around.
 */
export function rescaleAction<Observation>(
  environment: Environment<Observation, Float32Array>,
  { low = -1, high = 1, to }: RescaleActionOptions = {},
): Environment<Observation, Float32Array> {
  const inner = expectFloatBox('rescaleAction', 'actionSpace', environment.actionSpace);
  const target = to ? boundsWithin(inner, to) : inner;
  for (const [name, bounds] of Object.entries({ low: target.low, high: target.high })) {
    const index = bounds.findIndex((bound) => !Number.isFinite(bound));
    if (index >= 0) {
      throw new RangeError(
        `rescaleAction: expected an actionSpace with finite bounds, got ${name}[${index}] = ${bounds[index]}: say which, by to`,
      );
    }
  }
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new RangeError(`low, high: expected finite numbers with low below high, got ${low} and ${high}`);
  }
  const actionSpace = box({ low, high, length: inner.length });
  const rescaled = (number: number, index: number) => {
    const [least, most] = [target.low[index]!, target.high[index]!];
    const share = (number - low) / (high - low);
    // Weighted, so that both ends are met exactly; clipped, as a share may round to beyond 0 or 1.
    return Math.min(Math.max(least * (1 - share) + most * share, least), most);
  };
  return wrap(environment, {
    actionSpace,
    step: (action) => {
      if (!actionSpace.contains(action)) {
        throw new RangeError(
          `action: expected a Float32Array of ${inner.length} numbers in [${low}, ${high}], got ${String(action)}`,
        );
      }
      return environment.step(action.map(rescaled));
    },
  });
}

/** A box of the same length with the bounds `to`, which must lie inside. */
function boundsWithin(inner: BoxSpace, to: { readonly low: number; readonly high: number }): BoxSpace {
  const target = box({ ...to, length: inner.length });
  for (let index = 0; index < inner.length; index++) {
    const [least, most] = [inner.low[index]!, inner.high[index]!];
    if (to.low >= least && to.high <= most) continue;
    throw new RangeError(
      `to: expected bounds within ${least} and ${most} of number ${index}, got ${to.low} and ${to.high}`,
    );
  }
  return target;
}
