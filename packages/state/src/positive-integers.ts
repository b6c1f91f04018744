/** @throws RangeError where one is not a positive integer, with its name. */
export function assertPositiveIntegers(numbers: Record<string, number>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name}: expected a positive integer, got ${value}`);
    }
  }
}
