import {
  discrete,
  ItemHistory,
  recommendationSpace,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { randomPlayLog } from '../src/index.js';

/** Two users who take turns, two items, sessions of two: an item earns what the table says, times ten. */
function turns(
  earns: (user: number, item: number) => number,
): Environment<RecommendationObservation, number> {
  let user = 1;
  let shown = 0;
  const observe = () => ({
    ...{ user, ...new ItemHistory(1).observe() },
    candidates: Int32Array.of(0, 1),
  });
  return {
    observationSpace: recommendationSpace({ userCount: 2, itemCount: 2, historySize: 1 }),
    actionSpace: discrete(2),
    reset() {
      user = 1 - user;
      shown = 0;
      return { observation: observe(), info: {} };
    },
    step(item) {
      shown += 1;
      const reward = 10 * earns(user, item);
      return { observation: observe(), reward, terminated: shown === 2, truncated: false, info: {} };
    },
  };
}

test('a rating is the mean of what an item earned with a user, and ratings have the spread of stars from −1 to 1', async () => {
  const log = await randomPlayLog(
    turns((user, item) => (user === item ? 1 : -1)),
    { steps: 400, random: Random.fromSeed(1) },
  );
  expect([log.userCount, log.itemCount, log.items.length]).toEqual([2, 2, 4]);
  const ratings = Array.from(log.ratings);
  const [high, low] = [Math.max(...ratings), Math.min(...ratings)];
  expect(high).toBeGreaterThan(0);
  expect(high).toBeCloseTo(-low, 5);
  expect(high).toBeCloseTo(0.5, 1); // half of all rewards are 10 and half −10: the deviation is ten
  const of = (user: number, item: number) => {
    const rows = log.items.subarray(log.offsets[user], log.offsets[user + 1]);
    return log.ratings[log.offsets[user]! + rows.indexOf(item)];
  };
  expect([of(0, 0), of(0, 1), of(1, 0), of(1, 1)]).toEqual([high, low, low, high]);
});

test('the same seed gives the same log', async () => {
  const play = () =>
    randomPlayLog(
      turns((user, item) => user + item),
      { steps: 9, random: Random.fromSeed(3) },
    );
  expect(await play()).toEqual(await play());
});

test('what earns the same whatever is shown is refused', async () => {
  const same = randomPlayLog(
    turns(() => 1),
    { steps: 5, random: Random.fromSeed(1) },
  );
  await expect(same).rejects.toThrow(
    'environment: expected rewards that differ, got 10 for all of 5 items shown at random',
  );
  const none = randomPlayLog(
    turns(() => 1),
    { steps: 0, random: Random.fromSeed(1) },
  );
  await expect(none).rejects.toThrow('steps: expected a positive integer, got 0');
});
