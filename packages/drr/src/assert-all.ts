/** @throws RangeError where one of several numbers, if it is given, is not what was expected; it is named. */
export function assertAll(
  expected: string,
  holds: (value: number) => boolean,
  given: Readonly<Record<string, number | undefined>>,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !holds(value))
      throw new RangeError(`${name}: expected ${expected}, got ${value}`);
  }
}
