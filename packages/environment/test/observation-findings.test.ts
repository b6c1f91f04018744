import { expect, test } from '@jest/globals';
import {
  box,
  checkEnvironment,
  dict,
  discrete,
  multiBinary,
  multiDiscrete,
  tuple,
  type Space,
} from '../src/index.js';
import { goodWalk } from './broken-environments.js';

/** What is said of an environment that shows `observations` in turn. */
async function findingsOf(observationSpace: Space<unknown>, ...observations: unknown[]) {
  const make = () => {
    const walk = goodWalk();
    let calls = 0;
    const next = () => observations[calls++ % observations.length];
    return {
      ...walk,
      observationSpace,
      reset: (options?: { seed?: number }) => ({ ...walk.reset(options), observation: next() }),
      step: (action: Float32Array) => ({ ...walk.step(action), observation: next() }),
    };
  };
  return checkEnvironment<unknown, Float32Array>(make, { steps: 5 });
}

const ids = box({ low: -1, high: 9, length: 4 }, 'int32');
const whole = tuple([discrete(3), dict({ history: ids })]);

/** A space that is stricter than its kind says. */
function isZero(value: unknown): value is Float32Array {
  return value instanceof Float32Array && value[0] === 0;
}

const anything = { contains: () => true, sample: () => 0 } as unknown as Space<unknown>;

test.each<[string, Space<unknown>, unknown]>([
  ['observation[3] was 12, not between -1 and 9', ids, Int32Array.of(0, 0, 0, 12)],
  ['observation had the length 3, not 4', ids, new Int32Array(3)],
  ['observation was Float64Array(1) [0], not of the type Int32Array', ids, new Float64Array(1)],
  ['observation was 3, not an integer from 0 to 2', discrete(3), 3],
  ['observation was "a", not an integer from -1 to 1', discrete(3, -1), 'a'],
  ['observation[1] was 2, not between 0 and 1', multiDiscrete([3, 2]), Int32Array.of(2, 2)],
  ['observation was Array(2) [0, 0], not of the type Int32Array', multiDiscrete([3, 2]), [0, 0]],
  ['observation[0] was -1, not between 0 and 1', multiBinary(1), Int8Array.of(-1)],
  ['observation was Uint8Array(1) [1], not of the type Int8Array', multiBinary(1), Uint8Array.of(1)],
  ['observation was null, not a record', dict({ a: discrete(2) }), null],
  ['observation.a was missing', dict({ a: discrete(2) }), { b: 1 }],
  ['observation.b was there, but is not in the space', dict({ a: discrete(2) }), { a: 1, b: 1 }],
  ['observation was {}, not an array', whole, {}],
  ['observation had the length 1, not 2', whole, [1]],
  ['observation[0] was NaN, not an integer from 0 to 2', whole, [NaN, { history: new Int32Array(4) }]],
  [
    'observation[1].history[2] was -2, not between -1 and 9',
    whole,
    [0, { history: Int32Array.of(0, 0, -2, -3) }],
  ],
  [
    'observation was {}, which the space does not contain',
    { contains: isZero, sample: () => new Float32Array(1) },
    {},
  ],
  [
    'observation was Float32Array(1) [1], which the space does not contain',
    {
      ...box({ low: 0, high: 1, length: 1 }),
      contains: isZero,
      sample: () => new Float32Array(1),
    },
    Float32Array.of(1),
  ],
  [
    'observation was Float32Array(6) [1, 2, 3, 4, 5, …], not of the type Int32Array',
    ids,
    Float32Array.of(1, 2, 3, 4, 5, 6),
  ],
  ['observation was Date, not a record', dict({ a: discrete(2) }), new Date(0)],
  ['observation was a function, not a record', dict({ a: discrete(2) }), () => 1],
])('%s', async (seen, space, observation) => {
  const found = (await findingsOf(space, observation)).find(({ rule }) => rule === 'observation-in-space');
  expect(found!.seen).toBe(`reset(): ${seen}`);
});

test('a bound that float32 rounds is inside', async () => {
  const space = box({ low: 0.1, high: 0.7, length: 2 });
  const findings = await findingsOf(space, Float32Array.of(0.1, 0.7));
  expect(findings.map(({ rule }) => rule)).not.toContain('observation-in-space');
});

const twice = { c: 1 };

test.each<[string, unknown, unknown]>([
  ['observation was 1 and then 2', 1, 2],
  ['observation was 1 and then "1"', 1, '1'],
  ['observation was null and then {}', null, {}],
  ['observation.a was 1 and then undefined', { a: 1 }, {}],
  ['observation.b was undefined and then 1', {}, { b: 1 }],
  ['observation[1].a was 1 and then 2', [0, { a: 1 }], [0, { a: 2 }]],
  ['observation.length was 1 and then 2', [0], [0, 0]],
  ['observation was Array(1) [0] and then Int8Array(1) [0]', [0], Int8Array.of(0)],
  ['observation[2] was 0 and then NaN', Float32Array.of(0, 0, 0), Float32Array.of(0, 0, NaN)],
  ['observation was Float32Array(1) [0] and then Int32Array(1) [0]', new Float32Array(1), new Int32Array(1)],
  ['observation was Map and then Map', new Map(), new Map()],
  ['observation.b.c was 1 and then 2', { a: twice, b: twice }, { a: { c: 1 }, b: { c: 2 } }],
])('where two answers to one seed differ: %s', async (seen, first, second) => {
  // A play is one reset and five steps. The first has no seed; the next two have the same one.
  const plays = [second, 0, 0, 0, 0, 0, first, 0, 0, 0, 0, 0];
  const found = (await findingsOf(anything, ...plays)).find(({ rule }) => rule === 'same-seed-same-reset');
  expect(found!.seen).toBe(`reset({ seed: 7 }) gave two different observations: ${seen}`);
});

test.each<[string, () => unknown]>([
  ['NaN', () => NaN],
  ['arrays with NaN', () => ({ a: Float32Array.of(NaN, -0), b: [{ c: null }] })],
  [
    'a record that holds itself',
    () => {
      const record: Record<string, unknown> = { a: 1 };
      record['self'] = record;
      return record;
    },
  ],
])('equal observations do not differ: %s', async (_, make) => {
  const walk = () => {
    const good = goodWalk();
    return {
      ...good,
      observationSpace: anything,
      reset: (options?: { seed?: number }) => ({ ...good.reset(options), observation: make() }),
      step: (action: Float32Array) => ({ ...good.step(action), observation: make() }),
    };
  };
  expect(await checkEnvironment<unknown, Float32Array>(walk)).toEqual([]);
});
