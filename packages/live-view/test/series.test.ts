import { expect, test } from '@jest/globals';
import { RunStore } from '../src/run-store.js';
import { seriesOf, smoothed } from '../src/series.js';
import { lineAt } from './lines.js';

test('runs share the steps of all of them, and have gaps where they have no line', () => {
  const runs = [
    [lineAt(10, { reward: 1 }), lineAt(20, { reward: 2 })],
    [lineAt(15, { reward: 5 }), lineAt(20, { reward: 6 })],
  ];
  expect(seriesOf('reward', runs, 0)).toEqual({
    steps: [10, 15, 20],
    values: [
      [1, null, 2],
      [null, 5, 6],
    ],
  });
  expect(seriesOf('unheard', runs, 0).values[0]).toEqual([null, null, null]);
  expect(seriesOf('reward', [], 0)).toEqual({ steps: [], values: [] });
});

test('smoothing weighs what came before, without counting the first for more, and keeps gaps', () => {
  expect(smoothed([4, null, 1], 0)).toEqual([4, null, 1]);
  const [first, gap, second, third] = smoothed([4, null, 1, 2], 0.5);
  expect([first, gap]).toEqual([4, null]);
  expect(second).toBeCloseTo((0.5 * 4 + 1) / 1.5);
  expect(third).toBeCloseTo((0.25 * 4 + 0.5 * 1 + 2) / 1.75);
});

test('a store knows the numbers that any run has, keeps the newest session, and forgets what begins anew', () => {
  const store = new RunStore();
  const session = (step: number) => ({ step, user: 'ann', history: [], shown: [] });
  store.add('a', { kind: 'metrics', line: lineAt(10, { figures: { loss: null } }) });
  store.add('b', { kind: 'metrics', line: lineAt(10, { figures: { loss: 1 } }) });
  store.add('a', { kind: 'session', session: session(1) });
  store.add('a', { kind: 'session', session: session(2) });
  expect(store.scalarNames()).toEqual(['reward', 'stepsPerSecond', 'loss']);
  expect(store.of('a').session?.step).toBe(2);
  store.add('a', { kind: 'reset' });
  expect(store.of('a')).toEqual({ lines: [], session: undefined });
  expect(store.names()).toEqual(['a', 'b']);
});

test('a run without end is thinned where it is old, and keeps its newest lines', () => {
  const store = new RunStore();
  for (let step = 1; step <= 9001; step++) store.add('long', { kind: 'metrics', line: lineAt(step) });
  const { lines } = store.of('long');
  expect(lines.length).toBeLessThanOrEqual(4000);
  expect(lines[0]!.step).toBe(1);
  expect(lines.slice(-100).map(({ step }) => step)).toEqual(
    Array.from({ length: 100 }, (_, at) => 8902 + at),
  );
});
