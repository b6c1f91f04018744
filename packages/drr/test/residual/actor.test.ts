import type { RecommendationObservation } from '@rl-recsys/environment';
import { copySaved, Random } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import { bestItem, joinHistories, ResidualActor, type ResidualActorOptions } from '../../src/index.js';
import { moveWeights } from '../moved.js';
import { sessionStep } from '../session-steps.js';
import { sizes, toyLearner } from './toy.js';

const all = Int32Array.of(0, 1, 2, 3, 4, 5);
const seen: RecommendationObservation[] = [
  { user: 1, history: Int32Array.of(-1, 5, 2), rewards: Float32Array.of(0, 1, -0.5), candidates: all },
  { user: 3, history: Int32Array.of(-1, -1, -1), rewards: new Float32Array(3), candidates: all },
  { user: 0, history: Int32Array.of(1, 5, 2), rewards: Float32Array.of(1, 1, 1), candidates: all.slice(2) },
];
const sessions = [0, 1, 2];
const joined = joinHistories(seen, sizes.historySize);

function toyActor(options: Partial<ResidualActorOptions> = {}, learner = toyLearner()): ResidualActor {
  const random = Random.fromSeed('exploration');
  return new ResidualActor(learner, { gamma: 0.5, epsilon: 0, random, ...options });
}

/** What vectors `[3, k]` rank first of each session's candidates. */
const firstBy = (actions: Float32Array, items: Parameters<typeof bestItem>[1]) =>
  seen.map(({ candidates }, row) => bestItem(actions.subarray(3 * row, 3 * row + 3), items, candidates));

describe('acting', () => {
  test('recommends by the averaged networks and explores by the learning ones', () => {
    const learner = toyLearner({ trainableItems: true });
    moveWeights(learner);
    const actor = toyActor({}, learner);
    expect(actor.act(seen)).toEqual(firstBy(learner.actByAverage(joined), learner.items));
    expect(actor.explore(seen, sessions)).toEqual(firstBy(learner.act(joined), learner.learningItems));
    expect(actor.act([])).toEqual([]);
    expect(actor.explore([], [])).toEqual([]);
  });

  test('explores the same from the same stream, among candidates alone, and each of them', () => {
    const explored = (seed: string) => {
      const actor = toyActor({ epsilon: 1, random: Random.fromSeed(seed) });
      return Array.from({ length: 60 }, () => actor.explore(seen, sessions));
    };
    const items = explored('one');
    expect(items).toEqual(explored('one'));
    expect(items).not.toEqual(explored('another'));
    for (const [place, { candidates }] of seen.entries()) {
      const shown = new Set(items.map((round) => round[place]!));
      expect([...shown].sort()).toEqual([...candidates]);
    }
  });

  test('shows a random item so often as it is told to', () => {
    const learner = toyLearner();
    const greedy = toyActor({}, learner).explore(seen, sessions)[0];
    const actor = toyActor({ epsilon: 0.3 }, learner);
    const rounds = 1000;
    let others = 0;
    for (let round = 0; round < rounds; round++) {
      if (actor.explore(seen.slice(0, 1), [0])[0] !== greedy) others += 1;
    }
    // Five of six random ones are others: .25 ± .014
    expect(Math.abs(others / rounds - 0.25)).toBeLessThan(0.06);
  });

  test('follows a schedule of rounds, and tells where it stands', () => {
    const actor = toyActor({ epsilon: (round) => 1 / (1 + round) });
    expect(actor.figures()).toEqual({ epsilon: 1 });
    for (const epsilon of [1, 1 / 2, 1 / 3]) {
      actor.explore(seen, sessions);
      expect(actor.figures()).toEqual({ epsilon });
    }
  });

  test('explores by the weights of a learner elsewhere', () => {
    const random = Random.fromSeed('another');
    const learner = toyLearner({ trainableItems: true });
    const copy = toyLearner({ trainableItems: true, random });
    moveWeights(learner);
    const weights = copySaved(learner.weights());
    const actor = toyActor({}, copy);
    expect(copy.act(joined)).not.toEqual(learner.act(joined));
    actor.takeWeights(weights);
    expect(copy.act(joined)).toEqual(learner.act(joined));
    expect(copy.learningItems).toEqual(learner.learningItems);
    expect(actor.explore(seen, sessions)).toEqual(toyActor({}, learner).explore(seen, sessions));
    moveWeights(copy); // the weights were copied, both ways
    expect(weights).toEqual(learner.weights());
    expect(() => actor.takeWeights(weights.slice(1))).toThrow('weights: expected');
  });
});

describe('observing', () => {
  const first = sessionStep(0, seen[0]!, { action: 1, reward: 0.5 });
  const second = sessionStep(0, first.nextObservation, { action: 3, reward: -1 });

  test('stores what earned it among what could have been shown, and what can be shown next', () => {
    const actor = toyActor();
    actor.explore(seen, sessions);
    const step = sessionStep(2, seen[2]!, { action: 4, reward: 0.25 });
    const [transition, ...others] = actor.observe(step);
    expect(others).toEqual([]);
    const { user, history, rewards } = seen[2]!;
    expect(transition).toEqual({
      ...{ user, history, rewards, item: 4, reward: 0.25, discount: 0.5 },
      candidates: Int32Array.of(2, 3, 4, 5),
      nextHistory: Int32Array.of(5, 2, 4),
      nextRewards: Float32Array.of(1, 1, 0.25),
      nextCandidates: Int32Array.of(2, 3, -1, 5),
    });
    const [terminated] = actor.observe({ ...step, terminated: true });
    const [truncated] = actor.observe({ ...step, truncated: true });
    expect([terminated!.discount, truncated!.discount]).toEqual([0, 0.5]);
  });

  test('of more candidates than there is room for keeps the better half by the vector that ranked them', () => {
    const learner = toyLearner();
    const actor = toyActor({}, learner);
    actor.explore(seen, sessions);
    const action = learner.act(joined).subarray(3, 6);
    const { vectors } = learner.items;
    const scores = [...all].map((item) => action.reduce((sum, a, k) => sum + a * vectors[3 * item + k]!, 0));
    const best = [...all].sort((a, b) => scores[b]! - scores[a]!).slice(0, sizes.candidateCount / 2);
    for (let round = 0; round < 10; round++) {
      const [transition] = actor.observe(sessionStep(1, seen[1]!, { action: 3, reward: 1 }));
      const candidates = transition!.candidates as Int32Array;
      expect(candidates).toHaveLength(sizes.candidateCount);
      expect([...candidates]).toEqual(expect.arrayContaining([3, ...best]));
    }
  });

  test('adds up the steps of each session for itself', () => {
    const actor = toyActor({ returnSteps: 2 });
    actor.explore(seen, sessions);
    expect(actor.observe(first)).toEqual([]);
    expect(actor.observe(sessionStep(1, seen[1]!, { action: 5, reward: 8 }))).toEqual([]);
    const [finished, ...others] = actor.observe(second);
    expect(others).toEqual([]);
    expect(finished).toMatchObject({
      user: 1,
      item: 1,
      reward: 0,
      discount: 0.25,
      history: seen[0]!.history,
    });
    expect(finished).toMatchObject({ nextHistory: second.nextObservation.history });
    expect(Array.from(finished!.nextCandidates as Int32Array)).not.toContain(1);
    const cutOff = sessionStep(1, seen[1]!, { action: 0, reward: 2, ended: 'truncated' });
    expect(actor.observe(cutOff)).toMatchObject([
      { user: 3, item: 5, reward: 9, discount: 0.25 },
      { user: 3, item: 0, reward: 2, discount: 0.5 },
    ]);
    const end = sessionStep(0, second.nextObservation, { action: 0, reward: 1, ended: 'terminated' });
    expect(actor.observe(end)).toMatchObject([
      { item: 3, reward: -0.5, discount: 0 },
      { item: 0, reward: 1, discount: 0 },
    ]);
  });

  test('refuses a session that never explored', () => {
    expect(() => toyActor().observe(first)).toThrow('session: expected one that explored before, got 0');
  });
});

test('goes on where it stood, in the middle of a round too', () => {
  const options = { epsilon: (round: number) => (round < 3 ? 1 : 0.5), returnSteps: 3 };
  const [learner, copy] = [toyLearner({ trainableItems: true }), toyLearner({ trainableItems: true })];
  moveWeights(learner);
  const actor = toyActor(options, learner);
  const other = toyActor({ ...options, random: Random.fromSeed('else') }, copy);
  const round = (of: ResidualActor) => {
    const items = of.explore(seen, sessions);
    const transitions = items.flatMap((action, place) =>
      of.observe(sessionStep(place, seen[place]!, { action, reward: action })),
    );
    return { items, transitions };
  };
  for (let count = 0; count < 2; count++) round(actor);
  actor.explore(seen, sessions);
  copy.restore(learner.state());
  other.restore(copySaved(actor.state()));
  // Six candidates for four places: which are stored follows from the vectors that were ranked.
  const last = [0, 1, 2].map((action) => sessionStep(1, seen[1]!, { action, reward: 1 }));
  expect(last.map((step) => other.observe(step))).toEqual(last.map((step) => actor.observe(step)));
  for (let count = 0; count < 5; count++) expect(round(other)).toEqual(round(actor));
  expect(other.figures()).toEqual(actor.figures());
});
