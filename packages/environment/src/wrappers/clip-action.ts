import type { Environment } from '../environment.js';
import { box } from '../spaces/box.js';
import { expectFloatBox } from './expect-box.js';
import { wrap } from './wrap.js';

/**
 * The same environment, which takes any numbers for an action and clips them to its own bounds.
 *
 * The action space becomes an unbounded box of the same length, as in Gymnasium's `ClipAction`. The
 * action that was given stays as it is; the environment gets a copy.
 *
 * @throws TypeError where the action space is not a box of `Float32Array`s.
 * @throws RangeError from `step` where the action is not a `Float32Array` of that length, or holds NaN.
 */
export function clipAction<Observation>(
  environment: Environment<Observation, Float32Array>,
): Environment<Observation, Float32Array> {
  const { length, low, high } = expectFloatBox('clipAction', 'actionSpace', environment.actionSpace);
  const actionSpace = box({ low: -Infinity, high: Infinity, length });
  return wrap(environment, {
    actionSpace,
    step: (action) => {
      if (!actionSpace.contains(action)) {
        throw new RangeError(`action: expected a Float32Array of ${length} numbers, got ${String(action)}`);
      }
      return environment.step(
        action.map((number, index) => Math.min(Math.max(number, low[index]!), high[index]!)),
      );
    },
  });
}
