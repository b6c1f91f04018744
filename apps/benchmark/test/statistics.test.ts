import { describe, expect, test } from '@jest/globals';
import { summarize } from '../src/harness/statistics.js';

describe('summarize', () => {
  test('gives quantiles in whatever order the times come', () => {
    const times = Array.from({ length: 201 }, (_, place) => ((place * 77) % 201) + 1); // 1 … 201, mixed
    expect(summarize(times)).toEqual({
      count: 201,
      median: 101,
      min: 1,
      p5: 11,
      p95: 191,
      p99: 199,
    });
  });

  test('leaves the times as they are', () => {
    const times = [3, 1, 2];
    summarize(times);
    expect(times).toEqual([3, 1, 2]);
  });

  test.each([
    [[], 'times: expected at least one, got none'],
    [[1, NaN], 'times[1]: expected milliseconds, got NaN'],
    [[-1], 'times[0]: expected milliseconds, got -1'],
  ])('refuses %j', (times, message) => {
    expect(() => summarize(times)).toThrow(message);
  });
});
