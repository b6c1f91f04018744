/** Abramowitz and Stegun (1964), 26.2.17. */
const scale = 0.2316419;
const [b1, b2, b3, b4, b5] = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429] as const;
const inverseRootTwoPi = 1 / Math.sqrt(2 * Math.PI);

/** Φ(x), how likely a standard normal number is at most `x`; its error is below 7.5e-8. */
export function normalCdf(x: number): number {
  const t = 1 / (1 + scale * Math.abs(x));
  const density = inverseRootTwoPi * Math.exp(-0.5 * x * x);
  const tail = density * t * (b1 + t * (b2 + t * (b3 + t * (b4 + t * b5))));
  return x >= 0 ? 1 - tail : tail;
}
