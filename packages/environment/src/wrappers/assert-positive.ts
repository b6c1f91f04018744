/** @throws RangeError where `value` is not a positive number. */
export function assertPositive(name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new RangeError(`${name}: expected a positive number, got ${value}`);
  }
}
