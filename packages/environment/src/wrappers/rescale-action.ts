import type { Environment } from '../environment.js';
import { box } from '../spaces/box.js';
import { expectFloatBox } from './expect-box.js';
import { wrap } from './wrap.js';

/** What an agent's actions lie between. */
export interface RescaleActionOptions {
  /** Becomes the environment's lower bound. Default −1, what a tanh gives. */
  readonly low?: number;
  /** Becomes the environment's upper bound. Default 1, what a tanh gives. */
  readonly high?: number;
}

/**
 * The same environment with actions in `[low, high]`, each number mapped affinely to its own bounds.
 *
 * The action that was given stays as it is. Gymnasium's `RescaleAction`, which has no defaults.
 *
 * @throws TypeError where the action space is not a box of `Float32Array`s.
 * @throws RangeError where a bound of that box is infinite, or `low` is not a finite number below
 * `high`; from `step` where the action is not in the new space. To clip it, put `clipAction` around.
 */
export function rescaleAction<Observation>(
  environment: Environment<Observation, Float32Array>,
  { low = -1, high = 1 }: RescaleActionOptions = {},
): Environment<Observation, Float32Array> {
  const inner = expectFloatBox('rescaleAction', 'actionSpace', environment.actionSpace);
  for (const [name, bounds] of Object.entries({ low: inner.low, high: inner.high })) {
    const index = bounds.findIndex((bound) => !Number.isFinite(bound));
    if (index >= 0) {
      throw new RangeError(
        `rescaleAction: expected an actionSpace with finite bounds, got ${name}[${index}] = ${bounds[index]}`,
      );
    }
  }
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new RangeError(`low, high: expected finite numbers with low below high, got ${low} and ${high}`);
  }
  const actionSpace = box({ low, high, length: inner.length });
  const rescaled = (number: number, index: number) => {
    const [least, most] = [inner.low[index]!, inner.high[index]!];
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
