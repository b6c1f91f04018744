import { Random } from '@rl-recsys/random';
import { float32, int32, PrioritizedReplay, UniformReplay } from '@rl-recsys/replay-buffer';
import { describe, expect, test } from '@jest/globals';
import { SessionMemory } from '../../src/session-learning/session-memory.js';
import '../on-wasm.js';

const fields = { value: float32(), pair: int32(2) };
const random = Random.fromSeed(1);
/** Says by its pair that it belongs to its value. */
const transition = (value: number) => ({ value, pair: [value, -value] });

/** Values 1 to `count`. */
function training(count: number) {
  const replay = new PrioritizedReplay({ capacity: 10_000, fields, random: random.fork('replay') });
  for (let value = 1; value <= count; value++) replay.add(transition(value));
  return replay;
}

function memoryOf(replay?: PrioritizedReplay<typeof fields>, batchSize = 9) {
  return new SessionMemory({ fields, replay, batchSize, random });
}

/** A sample's values, after a look at whether each row is whole. */
function valuesOf(memory: SessionMemory<typeof fields>): number[] {
  const { columns, weights, ids } = memory.sample();
  const values = Array.from(columns.value);
  expect(Array.from(columns.pair)).toEqual(values.flatMap((value) => [value, -value]));
  expect([weights.length, ids.length]).toEqual([values.length, values.length]);
  return values;
}

describe('a batch', () => {
  test('is half of the session and half of training, the odd row of the session', () => {
    const memory = memoryOf(training(50));
    for (const value of [100, 200]) memory.add(transition(value));
    const [session, trained] = [new Set<number>(), new Set<number>()];
    for (let round = 0; round < 50; round++) {
      const values = valuesOf(memory);
      for (const value of values.slice(0, 5)) session.add(value);
      for (const value of values.slice(5)) trained.add(value);
    }
    expect(session).toEqual(new Set([100, 200]));
    expect(trained.size).toBeGreaterThan(20);
    for (const value of trained) expect(value).toBeLessThan(51);
  });

  test.each([
    ['no buffer', undefined],
    ['an empty buffer', training(0)],
  ])('is all of the session with %s, from its first step on', (_, replay) => {
    const memory = memoryOf(replay);
    memory.add(transition(7));
    expect(valuesOf(memory)).toEqual(new Array(9).fill(7));
  });

  test('has the weights that prioritized replay gives to rows of training, and 1 for its own', () => {
    const replay = training(2);
    replay.updatePriorities([0, 1], [1, 100]);
    const memory = memoryOf(replay, 40);
    memory.add(transition(3));
    const { columns, weights } = memory.sample();
    expect(Array.from(weights.slice(0, 20))).toEqual(new Array(20).fill(1));
    const rare = columns.value.map((value) => (value === 2 ? 100 ** -0.6 : 1));
    for (const [row, weight] of weights.entries()) expect(weight).toBeCloseTo(rare[row]!, 5);
    expect(columns.value).toContain(2);
  });
});

test('a reset forgets the session and draws again as before', () => {
  const memory = memoryOf(training(50));
  const session = (values: readonly number[]) => {
    const drawn = values.map((value) => {
      memory.add(transition(value));
      return valuesOf(memory);
    });
    memory.reset();
    return drawn;
  };
  const first = session([100, 200, 300]);
  session([400]);
  expect(session([100, 200, 300])).toEqual(first);
  expect(String(first)).not.toContain('400');
});

test('of a long session the last thousand steps are kept', () => {
  const memory = memoryOf(undefined, 64);
  for (let value = 1; value <= 2500; value++) memory.add(transition(value));
  expect(Math.min(...valuesOf(memory))).toBeGreaterThan(1500);
});

test('a buffer of other fields is refused', () => {
  const replay = new UniformReplay({ capacity: 1, fields: { value: float32() }, random });
  replay.add({ value: 1 });
  expect(() => new SessionMemory({ fields, replay: replay as never, batchSize: 1, random })).toThrow(
    TypeError,
  );
});

test('goes on elsewhere with what it draws, and refuses the state of another', () => {
  const [memory, elsewhere] = [memoryOf(training(50)), memoryOf(training(50))];
  elsewhere.add(transition(300));
  valuesOf(elsewhere);
  for (const value of [100, 200]) memory.add(transition(value));
  valuesOf(memory);
  elsewhere.restore(memory.state());
  expect(elsewhere.state()).toEqual(memory.state());
  for (let round = 0; round < 5; round++) expect(valuesOf(elsewhere)).toEqual(valuesOf(memory));
  const before = elsewhere.state();
  expect(() => elsewhere.restore(null)).toThrow(
    'memory: expected a record of session, random, training, got',
  );
  expect(() => elsewhere.restore(memoryOf().state())).toThrow('memory.training: expected a record of');
  expect(() => memoryOf().restore(before)).toThrow('memory.training: expected none, got transitions');
  expect(elsewhere.state()).toEqual(before);
});
