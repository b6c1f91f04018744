import { min, quantileSorted } from 'simple-statistics';

/** Many times of one thing, in milliseconds. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  /** The least disturbed one: nothing makes code faster by accident. */
  readonly min: number;
  readonly p5: number;
  readonly p95: number;
  readonly p99: number;
}

/** @throws RangeError where there is no time, or one is not a finite number of at least 0. */
export function summarize(times: readonly number[]): Summary {
  const bad = times.findIndex((time) => !(time >= 0 && time < Infinity));
  if (times.length === 0) throw new RangeError('times: expected at least one, got none');
  if (bad >= 0) throw new RangeError(`times[${bad}]: expected milliseconds, got ${times[bad]}`);
  const sorted = [...times].sort(ascending);
  return {
    count: sorted.length,
    median: quantileSorted(sorted, 0.5),
    min: min(sorted),
    p5: quantileSorted(sorted, 0.05),
    p95: quantileSorted(sorted, 0.95),
    p99: quantileSorted(sorted, 0.99),
  };
}

function ascending(a: number, b: number): number {
  return a - b;
}
