import { Random } from '@rl-recsys/random';
import type { RecommendationObservation } from '@rl-recsys/environment';
import { expect, test } from '@jest/globals';
import { GatedActor } from '../../src/gated/actor.js';
import { log, toyGated } from './toy.js';
import '../on-wasm.js';

/** What an actor shows in sessions side by side, again and again: which candidates there were, their shares by the softmax, and which came. */
async function shownBy(epsilon: number, rounds: number) {
  const { agent, environment } = toyGated({ temperature: 1 });
  const { learner, pools } = agent;
  const actor = new GatedActor(learner, {
    ...{ pools, itemCount: log.itemCount, gamma: 0, epsilon, random: Random.fromSeed('exploring') },
  });
  const { observations } = await environment.reset({ seed: 1 });
  const sessions = observations.map((_, session) => session);
  const shown: { readonly shares: Float32Array; readonly place: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const items = actor.explore(observations, sessions);
    const transitions = observations.flatMap((observation, session) =>
      actor.observe(stepOf(session, observation, items[session]!)),
    );
    const joined = (name: 'history' | 'candidates') =>
      Int32Array.from(transitions.flatMap((transition) => Array.from(transition[name])));
    const rows = joined('candidates');
    const preferences = learner.preferences(
      {
        user: transitions.map(({ user }) => user),
        kind: Int32Array.from(transitions, ({ kind }) => kind),
        history: joined('history'),
        rewards: Float32Array.from(transitions.flatMap(({ rewards }) => Array.from(rewards))),
      },
      rows,
    );
    for (const [session, { shown: place, candidates }] of transitions.entries()) {
      const from = session * candidates.length;
      const powers = preferences
        .subarray(from, from + candidates.length)
        .map((preference, at) => (rows[from + at]! < 0 ? 0 : Math.exp(preference)));
      const total = powers.reduce((sum, power) => sum + power, 0);
      shown.push({ shares: powers.map((power) => power / total), place });
    }
  }
  agent.dispose();
  return shown;
}

const stepOf = (session: number, observation: RecommendationObservation, action: number) => ({
  ...{ session, observation, action, reward: 0, nextObservation: observation },
  ...{ terminated: true, truncated: false },
});

/** By how many standard deviations the best candidate came more often than it should have. */
function excess(
  shown: Awaited<ReturnType<typeof shownBy>>,
  shareOf: (best: number, count: number) => number,
) {
  let [came, expected, variance] = [0, 0, 0];
  for (const { shares, place } of shown) {
    const best = Math.max(...shares);
    const share = shareOf(best, shares.filter((each) => each > 0).length);
    came += Number(shares[place] === best);
    expected += share;
    variance += share * (1 - share);
  }
  return (came - expected) / Math.sqrt(variance);
}

test('explores by the softmax of what the learning actor gives', async () => {
  const shown = await shownBy(0, 20);
  expect(Math.abs(excess(shown, (best) => best))).toBeLessThan(3);
});

test('explores evenly where ε is 1', async () => {
  const shown = await shownBy(1, 20);
  expect(Math.abs(excess(shown, (_, count) => 1 / count))).toBeLessThan(3);
});
