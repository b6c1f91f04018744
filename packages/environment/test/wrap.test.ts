import { expect, test } from '@jest/globals';
import {
  box,
  clipAction,
  discrete,
  normalizeObservation,
  normalizeReward,
  orderEnforcing,
  recordEpisodeStatistics,
  rescaleAction,
  timeLimit,
  timeout,
  wrap,
  type Environment,
} from '../src/index.js';
import { scripted } from './scripted.js';

/** An environment that needs its `this`, as instances of classes do. */
class Walk implements Environment<number, number> {
  readonly observationSpace = discrete(9);
  readonly actionSpace = discrete(2);
  place = 0;
  isOpen = true;
  reset({ seed = 0 } = {}) {
    this.place = seed;
    return { observation: this.place, info: {} };
  }
  step(action: number) {
    this.place += action;
    return { observation: this.place, reward: 1, terminated: false, truncated: false, info: {} };
  }
  close() {
    this.isOpen = false;
  }
}

test('what is not replaced is handed on, also to methods that need this', async () => {
  const inner = new Walk();
  const environment = wrap(inner, {});
  expect(environment.observationSpace).toBe(inner.observationSpace);
  expect(environment.actionSpace).toBe(inner.actionSpace);
  expect(environment.reset({ seed: 3 })).toEqual({ observation: 3, info: {} });
  expect(environment.step(1)).toMatchObject({ observation: 4, reward: 1 });
  await environment.close?.();
  expect(inner.isOpen).toBe(false);
});

test('what is replaced is used instead, and the environment stays as it is', () => {
  const inner = new Walk();
  const actionSpace = discrete(2, 5);
  const environment = wrap(inner, { actionSpace, step: (action) => inner.step(action - 5) });
  expect(environment.actionSpace).toBe(actionSpace);
  expect(environment.reset()).toMatchObject({ observation: 0 });
  expect(environment.step(6)).toMatchObject({ observation: 1 });
  expect(inner.actionSpace).not.toBe(actionSpace);
});

test('an environment without close is closed without an error', async () => {
  const open: Environment<number, number> = {
    observationSpace: discrete(1),
    actionSpace: discrete(1),
    reset: () => ({ observation: 0, info: {} }),
    step: () => ({ observation: 0, reward: 0, terminated: false, truncated: false, info: {} }),
  };
  const environment = wrap(open, {});
  await expect(Promise.resolve(environment.close?.())).resolves.toBeUndefined();
});

test('closing the outermost of all wrappers closes the innermost environment', async () => {
  const unit = box({ low: -1, high: 1, length: 1 });
  const inner = scripted(unit, unit, []);
  const wrappers: ((environment: typeof wrapped) => typeof wrapped)[] = [
    (environment) => timeLimit(environment, 5),
    (environment) => timeout(environment, 50),
    orderEnforcing,
    (environment) => recordEpisodeStatistics(environment),
    (environment) => rescaleAction(environment),
    clipAction,
    (environment) => normalizeObservation(environment),
    (environment) => normalizeReward(environment),
    (environment) => wrap(environment, { step: (action) => environment.step(action) }),
  ];
  let wrapped: Environment<Float32Array, Float32Array> = inner;
  for (const [count, wrapper] of wrappers.entries()) {
    await wrapper(inner).close?.();
    expect(inner.closed).toBe(count + 1);
  }
  for (const wrapper of [...wrappers].reverse()) {
    if (wrapper !== wrappers[4]) wrapped = wrapper(wrapped); // clipping leaves no bounds to rescale to
  }
  await wrapped.close?.();
  expect(inner.closed).toBe(wrappers.length + 1);
});

export const wrong = [
  // @ts-expect-error: other observations need a space, and a reset and a step that give them
  () => wrap(new Walk(), { observationSpace: box({ low: 0, high: 1, length: 1 }) }),
  // @ts-expect-error: step gives no observation
  () => wrap(new Walk(), { step: () => ({ reward: 1, terminated: false, truncated: false, info: {} }) }),
];
