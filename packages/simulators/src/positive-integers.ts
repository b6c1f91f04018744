/** @throws RangeError where one of `values` is no positive integer; it gives its name. */
export function assertPositiveIntegers(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name}: expected a positive integer, got ${value}`);
    }
  }
}
