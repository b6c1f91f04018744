import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { float32, int32 } from '@rl-recsys/replay-buffer';
import fc from 'fast-check';
import { decodeWeights, encodeWeights, RoundCodec } from '../src/index.js';

const fields = { item: int32(), state: float32(2), reward: float32() };
const codec = new RoundCodec(fields);
const round = {
  steps: 2,
  transitions: [{ item: -7, state: Float32Array.of(0.5, -2), reward: 1 }],
  rewards: [0.1, 3],
  episodes: [{ session: 1, return: 2.5, length: 9 }],
};

test('a round comes back as it was', () => {
  expect(codec.decode(codec.encode(round))).toEqual(round);
  const numbers = fc.float({ noNaN: true, noDefaultInfinity: true });
  const transitions = fc.array(
    fc.record({ item: fc.integer(), state: fc.tuple(numbers, numbers), reward: numbers }),
  );
  fc.assert(
    fc.property(transitions, (given) => {
      const [first] = given;
      if (first && !Number.isInteger(first.item)) return;
      const asked = given.map(({ item, state, reward }) => ({
        item: item | 0,
        state: Float32Array.from(state),
        reward,
      }));
      expect(codec.decode(codec.encode({ ...round, transitions: asked })).transitions).toEqual(asked);
    }),
  );
});

test('its bytes are numbers in the order of the fields names, little-endian', () => {
  const bytes = codec.encode(round);
  expect(bytes).toHaveLength(28 + 16 + 16 + 16);
  expect(bytes.subarray(0, 4).toString()).toBe('RLRS');
  expect(bytes.readInt32LE(28)).toBe(-7);
  expect([32, 36, 40].map((place) => bytes.readFloatLE(place))).toEqual([1, 0.5, -2]);
});

test('bytes of any length and with anything in them are a round of their length, or refused', () => {
  const whole = codec.encode(round);
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 });
  fc.assert(
    fc.property(changes, fc.nat(whole.length + 8), (each, length) => {
      const bytes = Buffer.alloc(length);
      whole.copy(bytes);
      for (const [place, value] of each) if (place < length) bytes[place] = value;
      let decoded;
      try {
        decoded = codec.decode(bytes);
      } catch (error) {
        expect(String(error)).toMatch(/^RangeError: [\w.]+: expected/);
        return;
      }
      expect(codec.encode(decoded)).toHaveLength(length);
    }),
    { numRuns: 2000 },
  );
});

test('another schema, another version and numbers that are none are told apart', () => {
  const other = new RoundCodec({ ...fields, item: float32() });
  expect(() => other.decode(codec.encode(round))).toThrow(
    'expected transitions of the schema that is learned from',
  );
  const bytes = codec.encode(round);
  bytes.writeUInt32LE(2, 4);
  expect(() => codec.decode(bytes)).toThrow('round: expected version 1 of the format, got 2');
  const infinite = codec.encode({ ...round, transitions: [{ ...round.transitions[0]!, reward: Infinity }] });
  expect(() => codec.decode(infinite)).toThrow('reward: expected finite numbers, got Infinity');
  expect(() => codec.decode(codec.encode({ ...round, rewards: [NaN] }))).toThrow(
    'rewards: expected numbers that are finite as float32, got NaN',
  );
  const decoding = (changed: object) => () => codec.decode(codec.encode({ ...round, ...changed }));
  expect(decoding({ rewards: [1e300] })).toThrow('rewards: expected numbers that are finite as float32');
  expect(decoding({ steps: 1 })).toThrow('rewards: expected at most one for each of 1 steps, got 2');
  const [episode] = round.episodes;
  expect(decoding({ episodes: [{ ...episode, session: 2 }] })).toThrow(
    'episodes.session: expected one of 2 sessions, got 2',
  );
  expect(decoding({ episodes: [{ ...episode, length: 0 }] })).toThrow('episodes.length: expected a step');
  expect(decoding({ episodes: [{ ...episode, return: NaN }] })).toThrow('episodes.return: expected numbers');
  expect(() => codec.encode({ ...round, steps: 70_000 })).toThrow(
    'steps: expected at most 65536 in a round, got 70000',
  );
});

test('weights of any bytes are taken whole and finite, or refused', () => {
  const numbers = new Float32Array(6);
  const changes = fc.array(fc.tuple(fc.nat(100), fc.nat(255)), { maxLength: 3 });
  fc.assert(
    fc.property(changes, fc.nat(60), fc.boolean(), (each, length, isSealed) => {
      const plain = encodeWeights([numbers]);
      const bytes = Buffer.alloc(length);
      plain.copy(bytes);
      for (const [place, value] of each) if (place < length) bytes[place] = value;
      // Also such as would be right but for what they say.
      if (isSealed) createHash('sha256').update(bytes.subarray(32)).digest().copy(bytes);
      try {
        const [decoded] = decodeWeights(bytes, [6]);
        expect(length).toBe(plain.length);
        expect(decoded!.every(Number.isFinite)).toBe(true);
      } catch (error) {
        expect(String(error)).toMatch(/^RangeError: weights: /);
      }
    }),
    { numRuns: 1000 },
  );
});

test('weights come back to the bit, and are refused where they are damaged or of another actor', () => {
  const weights = [Float32Array.of(1, -0, 3e-40), Float32Array.of(7)];
  const bytes = encodeWeights(weights);
  expect(decodeWeights(bytes, [3, 1])).toEqual(weights);
  expect(() => decodeWeights(bytes, [3, 2])).toThrow(
    'weights: expected 52 bytes, as of an actor that was made with',
  );
  bytes[40]! ^= 1;
  expect(() => decodeWeights(bytes, [3, 1])).toThrow('weights: the checksum is wrong, they are damaged');
});
