import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { CandidateSampler } from '../src/candidate-items.js';

test('where so many are asked for it is the whole catalogue, and a target stands at its own place', () => {
  const drawn = new CandidateSampler(5, 5).draw(Int32Array.of(4, 0), Random.fromSeed(1));
  expect(drawn).toEqual({ items: undefined, hidden: Int32Array.of(4, 0), correction: 0 });
});

test('else different ones, each as often, and each target where it stands among them', () => {
  const sampler = new CandidateSampler(6, 2);
  const random = Random.fromSeed(1);
  const counts = new Array<number>(6).fill(0);
  for (let draw = 0; draw < 6000; draw++) {
    const { items, hidden, correction } = sampler.draw(Int32Array.of(0, 3, 3), random);
    const [first, second] = items!;
    expect(first).not.toBe(second);
    expect(Array.from(hidden)).toEqual([0, 3, 3].map((item) => items!.indexOf(item)));
    expect(correction).toBe(Math.log(5 / 2));
    counts[first!]! += 1;
    counts[second!]! += 1;
  }
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(180); // five deviations
});
