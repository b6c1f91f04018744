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

/** What an actor stores of the candidates of a state for which its learner gives this action: the best first. */
function rankedBy(
  action: Float32Array,
  { vectors }: { vectors: Float32Array },
  candidates: Int32Array,
): number[] {
  const scoreOf = (item: number) => action.reduce((sum, a, k) => sum + a * vectors[3 * item + k]!, 0);
  return [...candidates].sort((a, b) => scoreOf(b) - scoreOf(a));
}

const padded = (items: readonly number[]) =>
  Int32Array.of(...items, -1, -1, -1, -1).slice(0, sizes.candidateCount);

describe('observing', () => {
  const first = sessionStep(0, seen[0]!, { action: 1, reward: 0.5 });
  const second = sessionStep(0, first.nextObservation, { action: 3, reward: -1 });
  /** What a step leads to, once it is known what can be shown next. */
  const storedAfter = (actor: ResidualActor, step: typeof first) => {
    expect(actor.observe(step)).toEqual([]);
    const next = step.nextObservation;
    actor.explore([next], [step.session]);
    return actor.observe(sessionStep(step.session, next, { action: next.candidates[0]!, reward: 0 }));
  };

  test('stores what earned it among what could be shown, and the best of what can be shown next', () => {
    const learner = toyLearner();
    moveWeights(learner);
    const actor = toyActor({}, learner);
    actor.explore(seen, sessions);
    const step = sessionStep(2, seen[2]!, { action: 4, reward: 0.25 });
    const next = step.nextObservation;
    const transitions = storedAfter(actor, step);
    const { user, history, rewards } = seen[2]!;
    const actions = [seen[2]!, next].map((each) => learner.act(joinHistories([each], sizes.historySize)));
    expect(transitions).toEqual([
      {
        ...{ user, history, rewards, item: 4, reward: 0.25, discount: 0.5 },
        candidates: padded(rankedBy(actions[0]!, learner.items, seen[2]!.candidates)),
        nextHistory: Int32Array.of(5, 2, 4),
        nextRewards: Float32Array.of(1, 1, 0.25),
        nextCandidates: padded(rankedBy(actions[1]!, learner.items, next.candidates)),
      },
    ]);
  });

  test('looks ahead to nothing where the session terminated, and from where it was cut off', () => {
    const learner = toyLearner();
    const actor = toyActor({}, learner);
    actor.explore(seen, sessions);
    const end = sessionStep(0, seen[0]!, { action: 1, reward: 1, ended: 'terminated' });
    const [terminated] = actor.observe(end);
    expect(terminated).toMatchObject({ discount: 0, nextCandidates: padded([]) });

    const cut = sessionStep(2, seen[2]!, { action: 4, reward: 1, ended: 'truncated' });
    expect(actor.observe(cut)).toEqual([]);
    const left = cut.nextObservation;
    // Another episode has begun in that session, or none yet: what is ranked is the state where it was cut off.
    const state = copySaved(actor.state());
    const ranked = learner.act(joinHistories([left], sizes.historySize));
    for (const goOn of [sessions, [0, 1]]) {
      actor.restore(state);
      actor.explore(seen.slice(0, goOn.length), goOn);
      const [truncated, ...others] = actor.observe(first);
      expect(others).toEqual([]);
      const nextCandidates = padded(rankedBy(ranked, learner.items, left.candidates));
      expect(truncated).toMatchObject({ user: 0, discount: 0.5, nextCandidates });
    }
  });

  test('of more candidates than there is room for keeps the better half by the vector that ranked them', () => {
    const learner = toyLearner();
    const actor = toyActor({}, learner);
    const best = rankedBy(learner.act(joined).subarray(3, 6), learner.items, all).slice(0, 2);
    for (let round = 0; round < 10; round++) {
      actor.explore(seen, sessions);
      const end = sessionStep(1, seen[1]!, { action: 3, reward: 1, ended: 'terminated' });
      const candidates = actor.observe(end)[0]!.candidates as Int32Array;
      expect(candidates).toHaveLength(sizes.candidateCount);
      expect([...candidates].slice(0, 2)).toEqual(best);
      expect([...candidates]).toContain(3);
    }
  });

  test('adds up the steps of each session for itself', () => {
    const actor = toyActor({ returnSteps: 2 });
    actor.explore(seen, sessions);
    expect(actor.observe(first)).toEqual([]);
    expect(actor.observe(sessionStep(1, seen[1]!, { action: 5, reward: 8 }))).toEqual([]);
    actor.explore([second.observation, seen[1]!], [0, 1]);
    const cutOff = sessionStep(1, seen[1]!, { action: 0, reward: 2, ended: 'truncated' });
    expect([...actor.observe(second), ...actor.observe(cutOff)]).toEqual([]);
    actor.explore([second.nextObservation], [0]);
    const end = sessionStep(0, second.nextObservation, { action: 0, reward: 1, ended: 'terminated' });
    const stored = actor.observe(end);
    expect(stored).toMatchObject([
      { user: 1, item: 1, reward: 0, discount: 0.25, history: seen[0]!.history },
      { user: 3, item: 5, reward: 9, discount: 0.25 },
      { user: 3, item: 0, reward: 2, discount: 0.5 },
      { user: 1, item: 3, reward: -0.5, discount: 0 },
      { user: 1, item: 0, reward: 1, discount: 0 },
    ]);
    expect(stored[0]).toMatchObject({ nextHistory: second.nextObservation.history });
    expect(Array.from(stored[0]!.nextCandidates as Int32Array)).not.toContain(1);
  });

  test('forgets what waits where episodes are given up', () => {
    const actor = toyActor();
    actor.explore(seen, sessions);
    actor.observe(first);
    actor.begin();
    actor.explore(seen, sessions);
    expect(actor.observe(sessionStep(1, seen[1]!, { action: 3, reward: 1 }))).toEqual([]);
  });

  test('refuses a session that never explored, and an item that could not be shown', () => {
    const actor = toyActor();
    expect(() => actor.observe(first)).toThrow('session: expected one that explored before, got 0');
    actor.explore(seen, sessions);
    const other = sessionStep(2, seen[2]!, { action: 1, reward: 1 });
    expect(() => actor.observe(other)).toThrow('shown: expected one of the candidates, got 1');
  });
});

test('goes on where it stood, in the middle of a round too', () => {
  const options = { epsilon: (round: number) => (round < 3 ? 1 : 0.5), returnSteps: 3 };
  const [learner, copy] = [toyLearner({ trainableItems: true }), toyLearner({ trainableItems: true })];
  moveWeights(learner);
  const actor = toyActor(options, learner);
  const other = toyActor({ ...options, random: Random.fromSeed('else') }, copy);
  const observe = (of: ResidualActor, items: readonly number[], places: readonly number[]) =>
    places.flatMap((place) => {
      const ended = place === 1 ? { ended: 'truncated' as const } : {};
      return of.observe(sessionStep(place, seen[place]!, { action: items[place]!, reward: place, ...ended }));
    });
  const round = (of: ResidualActor) => {
    const items = of.explore(seen, sessions);
    return { items, transitions: observe(of, items, sessions) };
  };
  for (let count = 0; count < 4; count++) round(actor);
  const items = actor.explore(seen, sessions);
  expect(observe(actor, items, [0])).not.toEqual([]);
  copy.restore(learner.state());
  other.restore(copySaved(actor.state()));
  expect(observe(other, items, [1, 2])).toEqual(observe(actor, items, [1, 2]));
  for (let count = 0; count < 5; count++) {
    const expected = round(actor);
    expect(round(other)).toEqual(expected);
    expect(expected.transitions).not.toEqual([]);
  }
  expect(other.figures()).toEqual(actor.figures());
});
