import { assertMember, type BoxSpace, type Space } from '@rl-recsys/environment';

/** The affine map between actions in [−1, 1], which networks give, and those of a box. */
export interface BoxScale {
  /** What is outside [−1, 1] is clipped first. */
  toBox(action: Float32Array): Float32Array;
  /** @throws RangeError where the action is not in the box; it is named. */
  fromBox(action: Float32Array): Float32Array;
}

/** @throws TypeError where the space is no box, RangeError where a bound is not finite; it is named. */
export function boxScale(space: Space<Float32Array>): BoxScale {
  const { kind, low, high } = space as BoxSpace;
  if (kind !== 'box') throw new TypeError(`actionSpace: expected a box, got ${String(kind)}`);
  for (const [name, bounds] of Object.entries({ low, high })) {
    const index = bounds.findIndex((bound) => !Number.isFinite(bound));
    if (index >= 0) {
      throw new RangeError(`actionSpace.${name}[${index}]: expected a finite bound, got ${bounds[index]}`);
    }
  }
  const clip = (value: number) => Math.max(-1, Math.min(1, value));
  return {
    toBox: (action) =>
      action.map((value, index) => {
        const [least, most] = [low[index]!, high[index]!];
        // At most the upper bound: rounding must not lead out of the box.
        return Math.min(least + ((clip(value) + 1) / 2) * (most - least), most);
      }),
    fromBox: (action) => {
      assertMember(space, action, 'action');
      return action.map((value, index) => {
        const width = high[index]! - low[index]!;
        return width === 0 ? 0 : (2 * (value - low[index]!)) / width - 1; // a fixed number says nothing
      });
    },
  };
}
