/** @throws RangeError where an option is not above 0; it is named. */
export function assertPositive(options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value > 0)) throw new RangeError(`${name}: expected a positive number, got ${value}`);
  }
}
