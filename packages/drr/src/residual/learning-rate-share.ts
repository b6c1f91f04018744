/** The share of the learning rates at a step of so many: all of them at first, falling to a twentieth in the second half. */
export function learningRateShare(step: number, steps: number): number {
  return Math.max(0.05, Math.min(1, 2 * (1 - step / steps)));
}
