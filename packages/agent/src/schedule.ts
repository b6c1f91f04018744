/** A figure that may change over time: a number, or a function of how many rounds went before, 0 at first. */
export type Schedule = number | ((round: number) => number);

/**
 * What `schedule` is at `round`.
 *
 * @throws RangeError where it is a function that gives no finite number.
 */
export function scheduled(schedule: Schedule, round: number): number {
  if (typeof schedule === 'number') return schedule;
  const value = schedule(round);
  if (Number.isFinite(value)) return value;
  throw new RangeError(`schedule: expected a finite number in round ${round}, got ${value}`);
}
