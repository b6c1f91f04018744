import { describe, expect, test } from '@jest/globals';
import { discrete, timeLimit, type Environment, type StepResult } from '../src/index.js';

/** Counts steps, ends after `length` of them, and refuses actions other than 0. */
function counter(length: number): Environment<number, number> {
  let steps = 0;
  return {
    observationSpace: discrete(length + 1),
    actionSpace: discrete(1),
    reset({ seed } = {}) {
      if (seed === -1) throw new RangeError('seed: expected another one, got -1');
      steps = 0;
      return { observation: 0, info: { seed } };
    },
    step(action) {
      if (action !== 0) throw new RangeError(`action: expected 0, got ${action}`);
      steps += 1;
      return {
        observation: steps,
        reward: steps / 2,
        terminated: steps === length,
        truncated: false,
        info: { steps },
      };
    },
  };
}

/** The same, but every answer comes later. */
function later(length: number): Environment<number, number> {
  const environment = counter(length);
  return {
    ...environment,
    reset: async (options) => Promise.resolve().then(() => environment.reset(options)),
    step: async (action) => Promise.resolve().then(() => environment.step(action)),
  };
}

/** A promise of another realm, as Node's own modules return in a sandbox such as Jest's. */
function foreign(length: number): Environment<number, number> {
  const environment = later(length);
  return {
    ...environment,
    step(action) {
      const promise = Promise.resolve(environment.step(action));
      const thenable = { then: promise.then.bind(promise) };
      return thenable as unknown as Promise<StepResult<number>>;
    },
  };
}

async function ends(environment: Environment<number, number>, steps: number) {
  const results: string[] = [];
  for (let step = 0; step < steps; step++) {
    const { terminated, truncated } = await environment.step(0);
    results.push(terminated ? (truncated ? 'both' : 'terminated') : truncated ? 'truncated' : '-');
  }
  return results;
}

describe.each([
  ['a synchronous environment', counter],
  ['an asynchronous environment', later],
  ["an environment with another realm's promises", foreign],
])('%s', (_, make) => {
  test('is truncated exactly at the last step', async () => {
    const environment = timeLimit(make(10), 3);
    await environment.reset();
    expect(await ends(environment, 3)).toEqual(['-', '-', 'truncated']);
  });

  test('may be cut off after a single step', async () => {
    const environment = timeLimit(make(10), 1);
    await environment.reset();
    expect(await ends(environment, 1)).toEqual(['truncated']);
  });

  test('stays terminated, before the limit and at it', async () => {
    const early = timeLimit(make(2), 3);
    await early.reset();
    expect(await ends(early, 2)).toEqual(['-', 'terminated']);
    const together = timeLimit(make(3), 3);
    await together.reset();
    expect(await ends(together, 3)).toEqual(['-', '-', 'both']);
  });

  test('counts anew after reset', async () => {
    const environment = timeLimit(make(10), 3);
    await environment.reset();
    await ends(environment, 2);
    await environment.reset();
    expect(await ends(environment, 3)).toEqual(['-', '-', 'truncated']);
    await environment.reset();
    expect(await ends(environment, 3)).toEqual(['-', '-', 'truncated']);
  });

  test('passes everything else through', async () => {
    const environment = timeLimit(make(10), 3);
    expect(await environment.reset({ seed: 7 })).toEqual({ observation: 0, info: { seed: 7 } });
    expect(await environment.step(0)).toEqual({
      observation: 1,
      reward: 0.5,
      terminated: false,
      truncated: false,
      info: { steps: 1 },
    });
  });

  test('an action that fails reaches the caller and does not count', async () => {
    const environment = timeLimit(make(10), 2);
    await environment.reset();
    const attempt = Promise.resolve().then(() => environment.step(5));
    await expect(attempt).rejects.toThrow('action: expected 0, got 5');
    expect(await ends(environment, 2)).toEqual(['-', 'truncated']);
  });

  test('a reset that fails reaches the caller and does not restart the count', async () => {
    const environment = timeLimit(make(10), 2);
    await environment.reset();
    await environment.step(0);
    const attempt = Promise.resolve().then(() => environment.reset({ seed: -1 }));
    await expect(attempt).rejects.toThrow('seed: expected another one, got -1');
    expect(await ends(environment, 1)).toEqual(['truncated']);
  });
});

test('a synchronous environment stays synchronous, an asynchronous one asynchronous', async () => {
  const now = timeLimit(counter(5), 3);
  expect(now.reset()).toEqual({ observation: 0, info: {} });
  expect(now.step(0)).toMatchObject({ observation: 1 });
  const promised = timeLimit(later(5), 3);
  const start = promised.reset();
  expect(start).toBeInstanceOf(Promise);
  await start;
});

test('a truncation of the environment itself is kept', async () => {
  const cut = counter(9);
  const environment = timeLimit({ ...cut, step: () => ({ ...step(), truncated: true }) }, 5);
  const step = () => ({ observation: 1, reward: 0, terminated: false, info: {} });
  await environment.reset();
  expect(await ends(environment, 1)).toEqual(['truncated']);
});

test('the spaces and close are those of the environment', async () => {
  let closed = 0;
  const inner = { ...counter(5), close: () => void closed++ };
  const environment = timeLimit(inner, 3);
  expect(environment.observationSpace).toBe(inner.observationSpace);
  expect(environment.actionSpace).toBe(inner.actionSpace);
  await environment.close?.();
  expect(closed).toBe(1);
  await expect(Promise.resolve(timeLimit(counter(5), 3).close?.())).resolves.toBeUndefined();
});

test.each([0, -1, 2.5, NaN, Infinity])('maxSteps %d is named', (maxSteps) => {
  expect(() => timeLimit(counter(5), maxSteps)).toThrow(
    new RangeError(`maxSteps: expected a positive integer, got ${maxSteps}`),
  );
});
