import type { RankingPolicy } from '@rl-recsys/drr';
import { expect, test } from '@jest/globals';
import { BestOnTheWay } from '../src/moving-taste/best-on-the-way.js';

/** A training of 320 steps with a line of metrics each 8, of which the policy at a step is worth what `worth` says. */
function trained(worth: (step: number) => number) {
  let step = 0;
  const judged: number[] = [];
  const onTheWay = new BestOnTheWay(
    320,
    () => ({ name: `at ${step}` }) as RankingPolicy,
    () => {
      judged.push(step);
      return worth(step);
    },
  );
  for (step = 8; step <= 320; step += 8) onTheWay.look({ step });
  return { onTheWay, judged };
}

test('the best policy of the second half is kept, which is judged at most sixteen times', () => {
  const { onTheWay, judged } = trained((step) => (step < 160 ? 9 : -Math.abs(step - 240)));
  expect(onTheWay.found.name).toBe('at 240');
  // Each tenth step at the earliest, and there is a line each 8.
  expect(judged).toEqual(Array.from({ length: 10 }, (_, time) => 176 + 16 * time));
});

test('of equal ones the first is kept, and the last is judged too', () => {
  const { onTheWay, judged } = trained(() => 1);
  expect(onTheWay.found.name).toBe(`at ${judged[0]}`);
  expect(judged.at(-1)).toBe(320);
});

test('a training that ended before has none', () => {
  const onTheWay = new BestOnTheWay(
    320,
    () => ({ name: 'early' }) as RankingPolicy,
    () => 1,
  );
  onTheWay.look({ step: 100 });
  expect(() => onTheWay.found).toThrow('expected a training that came to its second half');
});
