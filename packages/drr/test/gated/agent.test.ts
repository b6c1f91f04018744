import { checkAgent, train, type TrainingMetrics } from '@rl-recsys/agent';
import { ItemHistory, timeLimit } from '@rl-recsys/environment';
import { Random, type SavedState } from '@rl-recsys/random';
import { rowsOf, splitByTime } from '@rl-recsys/rating-log';
import { catalogueEnvironment } from '@rl-recsys/simulators';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bestPlace } from '../../src/gated/actor.js';
import { GatedPolicy, type GatedAgent } from '../../src/index.js';
import { trainedInParts } from '../in-parts.js';
import '../on-wasm.js';
import { log, moments, scorers, toyGated } from './toy.js';

const everything = Int32Array.from({ length: log.itemCount }, (_, item) => item);

/** A user of the log with their whole past, and likes that are not in it. */
function somebody(user: number) {
  const { start, end } = rowsOf(log, user);
  const history = new ItemHistory(3);
  history.push(5, 1);
  history.push(9, 0.5);
  return { items: log.items.slice(start, end), ratings: log.ratings.slice(start, end), ...history.observe() };
}

/** A copy with another number at one place. */
function changed<T extends Int32Array | Float32Array>(numbers: T, place: number, number: number): T {
  const copy = numbers.slice() as T;
  copy[place] = number;
  return copy;
}

const scoresOf = (policy: GatedPolicy, user: number, items = everything) => {
  const scores = new Float32Array(items.length);
  policy.score(somebody(user), items, scores);
  return scores;
};

/** Trained for long enough that its actor learns, and its policy before that. */
let trained: { agent: GatedAgent; before: GatedPolicy; metrics: TrainingMetrics[] };
beforeAll(async () => {
  const { agent, environment, steps } = toyGated({ steps: 64 * 60, updates: 4, actorLearningRate: 0.02 });
  const [before, metrics]: [GatedPolicy, TrainingMetrics[]] = [agent.policy(), []];
  await train({ agent, environment, steps, seed: 1, onMetrics: (line) => void metrics.push(line) });
  trained = { agent, before, metrics };
});
afterAll(() => trained.agent.dispose());

test('untrained it ranks as the static mix of its blocks does, and else for each user another way', () => {
  const { agent, before } = trained;
  const { mixes } = before.saved;
  expect(mixes.catalogue[0]! + mixes.catalogue[1]!).toBeCloseTo(2);
  // By hand: the standardized scores of both blocks, weighed.
  const past = somebody(3);
  const raw = scorers.map((scorer) => {
    const scores = new Float32Array(log.itemCount);
    scorer.score(past, scores);
    const open = [...scores].filter((_, item) => !past.items.includes(item));
    const mean = open.reduce((sum, score) => sum + score, 0) / open.length;
    const deviation = Math.sqrt(open.reduce((sum, score) => sum + (score - mean) ** 2, 0) / open.length);
    return [...scores].map((score) => (score - mean) / deviation);
  });
  for (const [kind, items] of [
    ['catalogue', everything],
    ['few', everything.slice(0, 9)],
  ] as const) {
    const scores = scoresOf(before, 3, items);
    const unknown = Int32Array.of(0, log.itemCount);
    expect(() => before.score(somebody(3), unknown, new Float32Array(2))).toThrow(
      `items: expected items below ${log.itemCount}, got ${log.itemCount}`,
    );
    for (const [place, item] of items.entries()) {
      const mixed = raw.reduce((sum, block, b) => sum + mixes[kind][b]! * block[item]!, 0);
      expect(scores[place]).toBeCloseTo(mixed, 3);
    }
  }

  // Followed all the way, however few users it could be judged by.
  const after = new GatedPolicy({ ...agent.savedPolicy(), trust: { catalogue: 1, few: 1 } });
  expect(after.gates(somebody(3), 'catalogue')).not.toEqual(before.gates(somebody(3), 'catalogue'));
  expect(after.gates(somebody(3), 'catalogue')).not.toEqual(after.gates(somebody(4), 'catalogue'));
  expect(after.gates(somebody(3), 'catalogue')).not.toEqual(after.gates(somebody(3), 'few'));
  // Without what was learned it is the static mix again.
  const untrained = new GatedPolicy({ ...after.saved, trust: { catalogue: 0, few: 0 } });
  expect(scoresOf(untrained, 3)).toEqual(scoresOf(before, 3));
});

test('the policy in plain loops gives candidates what the averaged networks do', () => {
  const { agent } = trained;
  // The first moment is the first user's, after four fifths of their ratings.
  const { start } = rowsOf(log, 0);
  const { end } = rowsOf(splitByTime(log).train, 0);
  const history = new ItemHistory(3);
  history.push(7, 1);
  const past = { items: log.items.slice(start, end), ratings: log.ratings.slice(start, end) };
  const rows = Int32Array.from({ length: 12 }, (_, row) => row);
  const items = rows.map((row) => agent.pools.items[row]!);
  const all = new Float32Array(log.itemCount);
  const followed = new GatedPolicy({ ...agent.savedPolicy(), trust: { catalogue: 1, few: 1 } });
  followed.score({ ...past, ...history.observe() }, everything, all);
  const expected = Array.from(items, (item) => all[item]!);
  const mean = expected.reduce((sum, score) => sum + score, 0) / expected.length;
  const deviation = Math.sqrt(
    expected.reduce((sum, score) => sum + (score - mean) ** 2, 0) / expected.length,
  );

  const scores = agent.learner.scores({ user: [0], kind: Int32Array.of(0), ...history.observe() }, rows);
  // The learner's are brought to one spread.
  for (const [place, score] of expected.entries()) {
    expect(scores[place]).toBeCloseTo((score - mean) / deviation, 3);
  }
});

test('its critics predict better and better, and then its actor learns', () => {
  const { metrics } = trained;
  const losses = metrics.map(({ figures }) => figures['criticLoss']).filter((loss) => loss !== undefined);
  expect(losses.at(-1)).toBeLessThan(losses[0]!);
  expect(metrics.at(-1)!.figures['actorLoss']).toBeDefined();
});

test('goes on from its state bit for bit, and leaves no tensor behind', async () => {
  const before = tf.memory().numTensors;
  const make = (seed = 1) =>
    toyGated({ random: Random.fromSeed(seed), updates: 4, gamma: 0.5, prioritized: {} });
  const { agent, environment } = make();
  await train({ agent, environment, steps: 64 * 50, seed: 1 });
  const { numTensors } = tf.memory();
  await train({ agent, environment, steps: 64 * 4, seed: 2 });
  expect(tf.memory().numTensors).toBe(numTensors);

  const { agent: other } = make(2);
  other.restore(agent.state());
  for (const each of [agent, other]) await train({ agent: each, environment, steps: 64 * 4, seed: 3 });
  expect(other.state()).toEqual(agent.state());
  expect(scoresOf(other.policy(), 5)).toEqual(scoresOf(agent.policy(), 5));
  for (const each of [agent, agent, other]) each.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('refuses pasts and histories that are none, and scores the next one as before', () => {
  const { agent } = toyGated();
  const policy = agent.policy();
  const expected = scoresOf(policy, 3);
  const past = somebody(3);
  const cases: [object, string][] = [
    [{ history: past.history.slice(1) }, 'history: expected 3 places, got 2'],
    [{ rewards: new Float32Array(4) }, 'rewards: expected 3 places, got 4'],
    [
      { history: changed(past.history, 0, log.itemCount) },
      `history: expected items below ${log.itemCount}, got ${log.itemCount}`,
    ],
    [{ history: changed(past.history, 0, -2) }, `history: expected items below ${log.itemCount}, got -2`],
    [{ items: changed(past.items, 4, log.itemCount) }, 'expected'],
    [{ ratings: changed(past.ratings, 4, NaN) }, 'expected'],
  ];
  for (const [wrong, message] of cases) {
    expect(() => policy.score({ ...past, ...wrong }, everything, new Float32Array(log.itemCount))).toThrow(
      message,
    );
    expect(scoresOf(policy, 4)).not.toContain(NaN);
    expect(scoresOf(policy, 3)).toEqual(expected);
  }
  agent.dispose();
});

test('the best place is among the candidates that there are, or none is', () => {
  expect(bestPlace(Float32Array.of(9, 1, 2, 2), Int32Array.of(-1, 5, 6, 7))).toBe(2);
  expect(bestPlace(Float32Array.of(-Infinity, NaN), Int32Array.of(5, 6))).toBe(0);
  expect(() => bestPlace(Float32Array.of(9), Int32Array.of(-1))).toThrow(
    'rows: expected a candidate, got none',
  );
});

test('a state of its actor that is none is refused, and changes nothing', async () => {
  const { agent, environment } = toyGated();
  await train({ agent, environment, steps: 64, seed: 1 });
  const state = agent.state() as Record<string, Record<string, SavedState>>;
  const shown = state['actor']!['shown'] as { rows: Int32Array; place: number }[];
  const wrongs = [null, [5], [{ ...shown[0]!, place: 6 }], [{ ...shown[0]!, rows: shown[0]!.rows.slice(1) }]];
  for (const wrong of wrongs) {
    expect(() => agent.restore({ ...state, actor: { ...state['actor'], shown: wrong } })).toThrow(
      'state.shown: expected what each session was shown',
    );
    expect(agent.state()).toEqual(state);
  }
  agent.dispose();
});

test('stopped in warm-up, in a session and after it, and directly after a resume, and made anew, it is trained as at once, to the bit', async () => {
  const make = () => toyGated({ updates: 4, gamma: 0.5, prioritized: {} });
  const atOnce = await trainedInParts(make, [], 64 * 42);
  expect(await trainedInParts(make, [64 * 2, 64 * 30, 64 * 30, 64 * 33], 64 * 42)).toEqual(atOnce);
});

test('keeps the contract of agents, as far as checkAgent sees', async () => {
  const findings = await checkAgent({
    make: () => toyGated().agent,
    makeEnvironment: () =>
      timeLimit(catalogueEnvironment({ log, moments, historySize: 3, random: Random.fromSeed(1) }), 4),
    rounds: 12,
  });
  expect(findings).toEqual([]);
});
