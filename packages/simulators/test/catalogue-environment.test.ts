import { checkEnvironment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import { catalogueEnvironment } from '../src/index.js';

/** User 0 rates items 0 to 7 in order, user 1 items 3 and 4; odd items are liked. There are twelve items. */
const items = [0, 1, 2, 3, 4, 5, 6, 7, 3, 4];
const log = createRatingLog({
  ...{ userCount: 2, itemCount: 12, items, timestamps: items },
  users: items.map((_, row) => (row < 8 ? 0 : 1)),
  ratings: items.map((item) => (item % 2 === 1 ? 5 : 2)),
  scale: { min: 1, max: 5 },
});
const moments = { users: Int32Array.of(0, 1), starts: Int32Array.of(4, 9), ends: Int32Array.of(8, 10) };
const make = (ratedShare: number) =>
  catalogueEnvironment({ log, moments, historySize: 3, ratedShare, random: Random.fromSeed(1) });

/** A session of user 0. */
async function session(ratedShare: number) {
  const environment = make(ratedShare);
  for (let seed = 0; ; seed++) {
    const { observation } = await environment.reset({ seed });
    if (observation.user === 0) return { environment, observation };
  }
}

test.each([0, 0.5, 1])('keeps the contract where %p of the sessions offer what was rated', async (share) => {
  expect(await checkEnvironment(() => make(share))).toEqual([]);
});

test('offers all that was not rated before; what was not liked or not rated earns nothing', async () => {
  const { environment, observation } = await session(0);
  expect([...observation.candidates]).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  expect([...observation.history]).toEqual([-1, 1, 3]); // the likes before
  const rewards: number[] = [];
  let last = observation;
  for (const item of [5, 4, 11]) {
    const step = await environment.step(item);
    rewards.push(step.reward);
    last = step.observation;
  }
  expect(rewards).toEqual([1, 0, 0]);
  expect([...last.history]).toEqual([1, 3, 5]); // nothing that was not liked
  expect([...last.candidates]).toEqual([6, 7, 8, 9, 10]);
  await expect(async () => environment.step(4)).rejects.toThrow(
    'action: expected one of the 5 candidates of moment 0, got 4',
  );
});

test('else offers what was rated next, and it earns its rating', async () => {
  const { environment, observation } = await session(1);
  expect([...observation.candidates]).toEqual([4, 5, 6, 7]);
  expect((await environment.step(5)).reward).toBe(1);
  expect((await environment.step(6)).reward).toBe(-0.5);
  expect((await environment.step(4)).terminated).toBe(false);
  expect((await environment.step(7)).terminated).toBe(true);
});

test('refuses a share that is none', () => {
  expect(() => make(1.5)).toThrow('ratedShare: expected a share from 0 to 1, got 1.5');
});
