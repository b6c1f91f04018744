import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { cumulativeWeights, overlapOf, sessionWeights } from '@rl-recsys/off-policy';
import { Random } from '@rl-recsys/random';
import { movingTasteCatalogue } from '@rl-recsys/simulators';
import { actAtAll, firstSessions, logOf, wouldHaveDone } from '../src/loop/judge.js';
import { KeptRepetitions, type KeptRepetition } from '../src/loop/kept-repetitions.js';
import { playSessions } from '../src/loop/play.js';
import { between, type SoftmaxPolicy } from '../src/loop/softmax-policy.js';

const world = movingTasteCatalogue({ users: 20, items: 30, random: Random.fromSeed('world') });
const vectors = Float32Array.from({ length: 60 }, (_, place) => Math.sin(1 + place));
const items = createEmbeddingTable(vectors, 2);
/** Leans on what was shown last. */
const leaning = (strength: number): SoftmaxPolicy => ({
  act: ({ user, history }) =>
    Float32Array.from({ length: 2 * user.length }, (_, place) => {
      const last = history[(Math.floor(place / 2) + 1) * (history.length / user.length) - 1]!;
      return strength * (place % 2 === 0 ? 1 : last / 30);
    }),
});
const playing = { world, users: [0, 1, 2, 3], items };
const { sessionLength } = world.dynamics;

test('probabilities that are computed again equal the logged ones, and those of another policy are of its own', () => {
  const random = Random.fromSeed(1);
  const played = playSessions({ ...playing, policy: leaning(2), sessions: 300, random });
  const log = logOf(played, sessionLength);
  const probabilitiesOf = (policy: SoftmaxPolicy) =>
    wouldHaveDone(log, items, actAtAll(log, policy, 2), { draws: 1, random });
  const again = probabilitiesOf(leaning(2));
  for (const [row, probability] of again.log.targetProbabilities.entries()) {
    expect(probability).toBeCloseTo(log.propensities[row]!, 12);
  }
  const half = probabilitiesOf(between(leaning(2), leaning(4), 0.5));
  const three = probabilitiesOf(leaning(3)).log.targetProbabilities;
  for (const [row, probability] of half.log.targetProbabilities.entries()) {
    expect(probability).toBeCloseTo(three[row]!, 6);
  }
  const weights = sessionWeights(half.log, cumulativeWeights(half.log));
  // What a policy does that the log has all of weighs 1 in the mean.
  expect(Math.abs(overlapOf(weights).meanWeight - 1)).toBeLessThan(0.3);
  for (const [session, start] of log.steps.starts.subarray(0, -1).entries()) {
    const shown = played[session]!.items;
    for (let step = 0; step < shown.length; step++) {
      expect(shown.slice(0, step)).not.toContain(again.drawn[start + step]);
    }
  }
});

test('items are shown as often as they say: χ² of the first of 3000 sessions', () => {
  const policy = leaning(2);
  const random = Random.fromSeed(2);
  const played = playSessions({ ...playing, policy, sessions: 3000, random });
  const expected = new Map(played.map(({ items: [first], propensities: [p] }) => [first!, p!]));
  expect([...expected.values()].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
  let statistic = 0;
  for (const [item, p] of expected) {
    const count = played.filter(({ items: [first] }) => first === item).length;
    statistic += (count - 3000 * p) ** 2 / (3000 * p);
  }
  // 29 degrees of freedom: above 58.3 once in a thousand.
  expect(statistic).toBeLessThan(58.3);
});

test('a session is worth on average what it earns', () => {
  const random = Random.fromSeed(3);
  const given = { ...playing, policy: leaning(1), random };
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const earned = mean(playSessions({ ...given, sessions: 2000 }).map((session) => session.earned));
  const worth = mean(playSessions({ ...given, sessions: 500, stay: true }).map((session) => session.worth));
  expect(Math.abs(earned - worth)).toBeLessThan(0.25);
});

test('repetitions that were written down are known again, and those of later seeds left out', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'rl-recsys-loop-')), 'loop.jsonl');
  const kept = new KeptRepetitions(file);
  const repetition = (seed: number) => ({ seed, world: 1, seconds: 2 }) as KeptRepetition;
  for (const seed of [1, 2, 4]) kept.add(repetition(seed));
  const again = new KeptRepetitions(file);
  expect([1, 2, 3, 4].filter((seed) => again.has(seed))).toEqual([1, 2, 4]);
  expect(again.upTo(2)).toEqual([repetition(1), repetition(2)]);
  expect(new KeptRepetitions(undefined).upTo(9)).toEqual([]);
});

test('the first sessions of a log are what it begins with', () => {
  const random = Random.fromSeed(4);
  const played = playSessions({ ...playing, policy: leaning(1), sessions: 10, random });
  expect(firstSessions(logOf(played, sessionLength), 3)).toEqual(logOf(played.slice(0, 3), sessionLength));
});
