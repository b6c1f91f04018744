import { describe, expect, test } from '@jest/globals';
import { orderEnforcing, timeLimit, type Environment } from '../src/index.js';
import { attempt, later, play } from './scripted.js';

const notBegun = 'step: expected reset first, got a step before any reset';
const ended = 'step: expected reset first, got a step after the episode ended';

describe.each([
  ['a synchronous environment', (environment: Environment<number, number>) => environment],
  ['an asynchronous environment', later<number, number>],
])('%s', (_, timed) => {
  test('a step before any reset never reaches it', async () => {
    const inner = play([{ observation: 1 }, { observation: 2 }]);
    const environment = orderEnforcing(timed(inner));
    await expect(attempt(() => environment.step(0))).rejects.toThrow(notBegun);
    expect(inner.calls).toEqual([]);
    await environment.reset({ seed: 3 });
    expect(await environment.step(0)).toMatchObject({ observation: 2 });
    expect(inner.calls).toEqual([{ seed: 3 }, { action: 0 }]);
  });

  test.each([{ terminated: true }, { truncated: true }])('nor does one after %j', async (end) => {
    const inner = play([{}, end, { observation: 5 }, { observation: 6 }]);
    const environment = orderEnforcing(timed(inner));
    await environment.reset();
    expect(await environment.step(1)).toMatchObject(end);
    await expect(attempt(() => environment.step(2))).rejects.toThrow(ended);
    await expect(attempt(() => environment.step(2))).rejects.toThrow(ended);
    expect(inner.calls).toHaveLength(2);
    await environment.reset();
    expect(await environment.step(3)).toMatchObject({ observation: 6 });
  });

  test('a call that fails passes through and changes nothing', async () => {
    const failure = new Error('no line');
    const environment = orderEnforcing(timed(play([failure, {}, failure, { terminated: true }, failure])));
    await expect(attempt(() => environment.reset())).rejects.toBe(failure);
    await expect(attempt(() => environment.step(0))).rejects.toThrow(notBegun);
    await environment.reset();
    await expect(attempt(() => environment.step(0))).rejects.toBe(failure);
    await environment.step(0);
    await expect(attempt(() => environment.reset())).rejects.toBe(failure);
    await expect(attempt(() => environment.step(0))).rejects.toThrow(ended);
  });
});

test('knows of a truncation by a wrapper inside', async () => {
  const environment = orderEnforcing(timeLimit(play([{}, {}, {}]), 1));
  await environment.reset();
  await environment.step(0);
  expect(() => environment.step(0)).toThrow(ended);
});

test('the spaces and close are those of the environment', async () => {
  const inner = play([]);
  const environment = orderEnforcing(inner);
  expect(environment.observationSpace).toBe(inner.observationSpace);
  expect(environment.actionSpace).toBe(inner.actionSpace);
  await environment.close?.();
  expect(inner.closed).toBe(1);
});
