import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { timeout, type Environment, type StepResult } from '../src/index.js';
import { later, play } from './scripted.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const result: StepResult<number> = {
  observation: 1,
  reward: 2,
  terminated: false,
  truncated: false,
  info: {},
};

/** Answers each call after the next of `delays`; a negative one rejects. */
function slow(...delays: number[]): Environment<number, number> {
  const answer = () =>
    new Promise<StepResult<number>>((resolve, reject) => {
      const delay = delays.shift()!;
      setTimeout(() => (delay < 0 ? reject(new Error('no line')) : resolve(result)), Math.abs(delay));
    });
  return { ...play([]), reset: answer, step: answer };
}

test('an answer in time passes, and its timer is cleared', async () => {
  const environment = timeout(slow(40, 49), 50);
  const reset = environment.reset();
  await jest.advanceTimersByTimeAsync(40);
  expect(await reset).toBe(result);
  const step = environment.step(0);
  await jest.advanceTimersByTimeAsync(49);
  expect(await step).toBe(result);
  expect(jest.getTimerCount()).toBe(0);
});

test('a late answer rejects, naming the call and the limit, and the next one may be in time', async () => {
  const environment = timeout(slow(60, 1000, 10), 50);
  const error = (name: string) => ({
    name: 'TimeoutError',
    message: `${name}: expected an answer within 50 ms, got none`,
  });
  const reset = expect(environment.reset()).rejects.toMatchObject(error('reset'));
  await jest.advanceTimersByTimeAsync(50);
  await reset;
  const step = expect(environment.step(0)).rejects.toMatchObject(error('step'));
  await jest.advanceTimersByTimeAsync(50);
  await step;
  const next = environment.step(0);
  await jest.advanceTimersByTimeAsync(10);
  expect(await next).toBe(result);
  await jest.runAllTimersAsync();
});

test('a failure passes through; one that comes too late is not the error', async () => {
  const environment = timeout(slow(-10, -60), 50);
  const early = expect(environment.step(0)).rejects.toThrow('no line');
  await jest.advanceTimersByTimeAsync(10);
  await early;
  expect(jest.getTimerCount()).toBe(0);
  const late = expect(environment.step(0)).rejects.toThrow('within 50 ms');
  await jest.advanceTimersByTimeAsync(60);
  await late;
});

test('a synchronous environment stays synchronous; seeds, spaces and close are passed on', async () => {
  const inner = play([{ observation: 1 }, { observation: 2 }]);
  const environment = timeout(inner, 50);
  expect(environment.reset({ seed: 5 })).toEqual({ observation: 1, info: {} });
  expect(environment.step(3)).toMatchObject({ observation: 2 });
  expect(inner.calls).toEqual([{ seed: 5 }, { action: 3 }]);
  expect(environment.observationSpace).toBe(inner.observationSpace);
  expect(environment.actionSpace).toBe(inner.actionSpace);
  await environment.close?.();
  expect(inner.closed).toBe(1);
  expect(timeout(later(play([{}])), 50).reset()).toBeInstanceOf(Promise);
});

test.each([0, -1, NaN, Infinity, 2 ** 31])('milliseconds %d is named', (milliseconds) => {
  expect(() => timeout(play([]), milliseconds)).toThrow(
    new RangeError(`milliseconds: expected above 0 and at most 2147483647, got ${milliseconds}`),
  );
});
