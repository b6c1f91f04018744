/** @throws RangeError where an array has another length than it should; it is named. Given are both, by name. */
export function assertLengths(
  lengths: Readonly<Record<string, readonly [got: number, expected: number]>>,
): void {
  for (const [name, [got, expected]] of Object.entries(lengths)) {
    if (got !== expected) throw new RangeError(`${name}: expected ${expected} numbers, got ${got}`);
  }
}
