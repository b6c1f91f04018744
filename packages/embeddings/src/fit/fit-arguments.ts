/** @throws RangeError where one of them is no positive integer; it names it. */
export function assertPositiveIntegers(counts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name}: expected a positive integer, got ${value}`);
    }
  }
}

/** @throws RangeError where one of them is no positive number, or infinite; it names it. */
export function assertPositive(numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!(value > 0 && value < Infinity)) {
      throw new RangeError(`${name}: expected a positive number, got ${value}`);
    }
  }
}
