/** All numbers of typed arrays in a state, in its order. */
export function numbersIn(value: unknown): number[] {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
