import { expect, test } from '@jest/globals';
import { recordEpisodeStatistics, type Environment } from '../src/index.js';
import { attempt, later, play, type Moment } from './scripted.js';

const seconds = expect.any(Number) as unknown;

test.each([
  ['a synchronous environment', (environment: Environment<number, number>) => environment],
  ['an asynchronous environment', later<number, number>],
])('%s: the last step tells the sum and the number of its steps', async (_, timed) => {
  const inner = play([
    {},
    { reward: 1, info: { a: 1 } },
    new Error('no line'),
    { reward: 2.5, truncated: true, info: { a: 2 } },
    {},
    { reward: -4, terminated: true },
  ]);
  const environment = recordEpisodeStatistics(timed(inner));
  await environment.reset({ seed: 8 });
  expect((await environment.step(0)).info).toEqual({ a: 1 });
  await expect(attempt(() => environment.step(0))).rejects.toThrow('no line');
  expect((await environment.step(0)).info).toEqual({ a: 2, episode: { return: 3.5, length: 2, seconds } });
  await environment.reset();
  expect((await environment.step(0)).info).toEqual({ episode: { return: -4, length: 1, seconds } });
  expect(environment.returnQueue).toEqual([3.5, -4]);
  expect(environment.lengthQueue).toEqual([2, 1]);
  expect(environment.timeQueue).toEqual([seconds, seconds]);
  expect(inner.calls[0]).toEqual({ seed: 8 });
});

test("the environment's own info stays as it was", async () => {
  const info = { a: 1 };
  const environment = recordEpisodeStatistics(play([{}, { terminated: true, info }]));
  await environment.reset();
  await environment.step(0);
  expect(info).toEqual({ a: 1 });
});

test('an episode that is reset before its end is not counted', async () => {
  const environment = recordEpisodeStatistics(play([{}, { reward: 9 }, {}, { reward: 1, terminated: true }]));
  await environment.reset();
  await environment.step(0);
  await environment.reset();
  await environment.step(0);
  expect(environment.returnQueue).toEqual([1]);
  expect(environment.lengthQueue).toEqual([1]);
});

test('a reset that fails leaves the episode as it was', async () => {
  const failure = new Error('no line');
  const environment = recordEpisodeStatistics(
    play([{}, { reward: 9 }, failure, { reward: 1, terminated: true }]),
  );
  await environment.reset();
  await environment.step(0);
  await expect(attempt(() => environment.reset())).rejects.toBe(failure);
  await environment.step(0);
  expect(environment.returnQueue).toEqual([10]);
});

test('the queues hold the last 100 episodes, or as many as told', async () => {
  const episodes = Array.from({ length: 102 }, (_, reward): Moment<number>[] => [
    {},
    { reward, terminated: true },
  ]);
  const hundred = recordEpisodeStatistics(play(episodes.flat()));
  const three = recordEpisodeStatistics(play(episodes.flat()), { bufferLength: 3 });
  for (const environment of [hundred, three]) {
    for (let episode = 0; episode < 102; episode++) {
      await environment.reset();
      await environment.step(0);
    }
  }
  expect(hundred.returnQueue).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
  expect(three.returnQueue).toEqual([99, 100, 101]);
  expect(three.lengthQueue).toEqual([1, 1, 1]);
  expect(three.timeQueue).toHaveLength(3);
});

test('recorded twice is an error, and so is an episode of the environment', async () => {
  const environment = recordEpisodeStatistics(recordEpisodeStatistics(play([{}, { terminated: true }])));
  await environment.reset();
  await expect(attempt(() => environment.step(0))).rejects.toThrow(
    'info: expected no episode from the environment, got one; is it recorded twice?',
  );
  expect(environment.returnQueue).toEqual([]);
});

test.each([0, -1, 1.5, NaN])('bufferLength %d is named', (bufferLength) => {
  expect(() => recordEpisodeStatistics(play([]), { bufferLength })).toThrow(
    new RangeError(`bufferLength: expected a positive integer, got ${bufferLength}`),
  );
});
