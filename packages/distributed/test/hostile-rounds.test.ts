import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RoundCodec } from '../src/index.js';
import { LearnerProgress } from '../src/learner-progress.js';
import { readFacts } from '../src/run-facts.js';
import { takeRound } from '../src/take-round.js';
import { toyAgent } from './toy.js';

const { agent } = toyAgent();
const codec = new RoundCodec(agent.fields);
const round = codec.encode({
  ...{ steps: 2, transitions: [{ actor: 1, number: 5 }], rewards: [0.5, 1] },
  episodes: [{ session: 1, return: 2, length: 3 }],
});

/** The entry that an actor adds, of which a few things are changed. */
const entries = fc
  .record({
    id: fc.oneof(
      { weight: 4, arbitrary: fc.nat(1000).map((place) => `${place}-0`) },
      fc.constantFrom('7-3', '-0', '1e3-0', '18446744073709551615-0', ' 5-0', '5'),
    ),
    actor: fc.oneof(
      { weight: 4, arbitrary: fc.constant('machine-1.x') },
      fc.constantFrom('', 'a\nb', '\u001b[2J', 'é', 'x'.repeat(201), '__proto__'),
      fc.string({ unit: 'binary' }),
    ),
    sequence: fc.oneof(
      { weight: 4, arbitrary: fc.nat(1000).map(String) },
      fc.constantFrom('', '-1', '1.5', '1e3', '0x10', ' 1', '99999999999999999', 'NaN'),
    ),
    weights: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('', '3.17') },
      fc.constantFrom('3', '3.', '.', '1.2.3', 'x.y', '9'.repeat(400)),
    ),
    bytes: fc.oneof({ weight: 3, arbitrary: fc.constant(round) }, mutated(round)),
    names: fc.oneof(
      { weight: 6, arbitrary: fc.constant<string[]>(['actor', 'sequence', 'weights', 'round']) },
      fc.shuffledSubarray<string>(['actor', 'sequence', 'weights', 'round', '__proto__'], { minLength: 0 }),
    ),
  })
  .map(({ id, names, bytes, ...values }) => {
    const of: Record<string, Buffer> = { round: bytes };
    for (const [name, value] of Object.entries(values)) of[name] = Buffer.from(value);
    return {
      id,
      fields: names.flatMap((name) => [
        Buffer.from(name),
        (Object.hasOwn(of, name) && of[name]) || Buffer.from('x'),
      ]),
    };
  });

function mutated(bytes: Buffer): fc.Arbitrary<Buffer> {
  const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
  return fc.tuple(changes, fc.nat(bytes.length + 8)).map(([each, length]) => {
    const copy = Buffer.alloc(length < 9 ? bytes.length : length);
    bytes.copy(copy);
    for (const [place, value] of each) if (place < copy.length) copy[place] = value;
    return copy;
  });
}

test('an entry with anything in it is a round that can be learned from, or is refused in a sentence with its actor and field', () => {
  const outcomes = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(entries, (entry) => {
      const progress = new LearnerProgress();
      const sentences: string[] = [];
      const taken = takeRound(entry, { agent, codec, progress }, (told) => void sentences.push(told));
      progress.restore(progress.state()); // it can be saved
      if (taken) {
        outcomes.taken += 1;
        expect(sentences).toEqual([]);
        expect(codec.encode(taken.round)).toEqual(taken.sent.bytes);
        agent.store(taken.round.transitions);
        expect(taken.round.transitions.every(({ actor }) => actor >= 0 && actor < 10)).toBe(true);
        expect(progress).toMatchObject({ refused: 0, position: taken.sent.place });
      } else {
        outcomes.refused += 1;
        const [sentence] = sentences;
        expect(sentences).toHaveLength(1);
        expect(sentence).toMatch(
          /^the round (\d+|".*") of [\w.-]{1,200} is not learned from: [a-z][\w.]*: expected [ -~]*$/,
        );
        // A round of the same actor that comes next is taken: nothing of what was refused counts.
        expect(progress.sequences.state()).toMatchObject({ count: 0, actors: [] });
      }
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(outcomes.taken).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(1000);
});

test('what a script answers of a run is numbers, or nothing', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('1', '-1', '1e400', '7.9', '9'.repeat(30)));
  fc.assert(
    fc.property(fc.array(fc.option(text), { maxLength: 9 }), (answer) => {
      const { over, weights, ...counts } = readFacts(answer);
      expect(over).toBe(answer[1] === '1');
      expect(weights).toMatch(/^(\d+\.\d+)?$/);
      for (const count of Object.values(counts)) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
    }),
  );
});
