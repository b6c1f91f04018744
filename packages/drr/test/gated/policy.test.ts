import { ItemHistory } from '@rl-recsys/environment';
import { fingerprintOf, rowsOf, splitByTime } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import { GatedPolicy, pastPolicy } from '../../src/index.js';
import { moveWeights } from '../moved.js';
import '../on-wasm.js';
import { log, toyGated } from './toy.js';

const everything = Int32Array.from({ length: log.itemCount }, (_, item) => item);
const view = (() => {
  const history = new ItemHistory(3);
  history.push(7, 1);
  return history.observe();
})();

/** What a user of the log rated before a row, and the view. */
function somebody(user: number, end = rowsOf(log, user).end) {
  const { start } = rowsOf(log, user);
  return { items: log.items.slice(start, end), ratings: log.ratings.slice(start, end), ...view };
}

/** An agent whose weights are anything, and its policy, which follows them all the way. */
function moved() {
  const { agent } = toyGated({ residualRange: 3 });
  moveWeights(agent.learner);
  return { agent, policy: new GatedPolicy({ ...agent.savedPolicy(), trust: { catalogue: 1, few: 1 } }) };
}

const standardized = (scores: readonly number[]) => {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  return scores.map((score) => (score - mean) / deviation);
};

test('a large residual counts in plain loops as it does in the averaged networks', () => {
  const { agent, policy } = moved();
  // The first moment is the first user's, after four fifths of their ratings.
  const scores = new Float32Array(log.itemCount);
  policy.score(somebody(0, rowsOf(splitByTime(log).train, 0).end), everything, scores);
  const rows = Int32Array.from({ length: 12 }, (_, row) => row);
  const expected = standardized(Array.from(rows, (row) => scores[agent.pools.items[row]!]!));
  const given = agent.learner.scores({ user: [0], kind: Int32Array.of(0), ...view }, rows);
  for (const [place, score] of expected.entries()) expect(given[place]).toBeCloseTo(score, 3); // of one spread
  agent.dispose();
});

test('the users of a log are asked for by their number, one after the other', () => {
  const { agent, policy } = moved();
  const ofLog = pastPolicy('DRR of a log', policy, log);
  expect([policy.name, ofLog.name]).toEqual(['DRR', 'DRR of a log']);
  expect(ofLog.fittedOn).toEqual([fingerprintOf(log)]);
  const [scores, expected] = [new Float32Array(log.itemCount), new Float32Array(log.itemCount)];
  for (const user of [3, 3, 5, 3]) {
    ofLog.score({ user, ...view }, everything, scores);
    policy.score(somebody(user), everything, expected);
    expect(scores).toEqual(expected);
  }
  agent.dispose();
});
