/** A figure that may change over time: a number, or a function of how many rounds went before, 0 at first. */
export type Schedule = number | ((round: number) => number);

/** What `schedule` is at `round`. */
export function scheduled(schedule: Schedule, round: number): number {
  return typeof schedule === 'number' ? schedule : schedule(round);
}
