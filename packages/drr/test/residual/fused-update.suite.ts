import { DecayingSums } from '@rl-recsys/state';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import type { ResidualLearnerOptions } from '../../src/index.js';
import { numbersIn } from '../numbers-in.js';
import { histories, toyLearner, toyReplay } from './toy.js';

export const variants: Record<string, Partial<ResidualLearnerOptions>> = {
  'its defaults': {},
  'sums that decay and rewards in the state': {
    ...{ stateLayer: () => new DecayingSums({}), rewardsInState: true, actorDropout: 0, criticDropout: 0 },
    ...{ gates: { fame: 0 }, residualRange: 2.5, temperature: 0.2, actorLearningRate: 1e-3, tau: 0.1 },
  },
  'sums that decay and dropout': { stateLayer: () => new DecayingSums({}), policyDelay: 1, hiddenSize: 7 },
};

/** Tests that a learner with some of these options learns by hand what it learns by autograd. */
export function testUpdates(names: readonly string[]): void {
  describe.each(names)('with %s', (name) => {
    test('it is the update by autograd, for 200 updates', () => {
      const byHand = toyLearner(variants[name]);
      const byAutograd = toyLearner({ ...variants[name], fusedStep: false });
      const before = numbersIn(byHand.state());
      const replay = toyReplay(byHand);
      const batch = replay.createBatch(16);
      replay.sample(batch);
      for (const learner of [byHand, byAutograd]) learner.prepare(batch);
      let largest = 0;
      for (let update = 0; update < 200; update++) {
        replay.sample(batch);
        batch.weights.forEach((_, row) => (batch.weights[row] = 0.5 + row / 16));
        const [ours, theirs] = [byHand.learn(batch), byAutograd.learn(batch)];
        expect(ours.figures.criticLoss).toBeCloseTo(theirs.figures.criticLoss, 4);
        expect(ours.figures.actorLoss === undefined).toBe(theirs.figures.actorLoss === undefined);
        expect(ours.figures.actorLoss ?? 0).toBeCloseTo(theirs.figures.actorLoss ?? 0, 4);
        expect(Array.from(ours.tdErrors)).toEqual(closeTo(theirs.tdErrors, 3));
      }
      const [ours, theirs] = [numbersIn(byHand.state()), numbersIn(byAutograd.state())];
      for (const [place, expected] of theirs.entries()) {
        largest = Math.max(largest, Math.abs(ours[place]! - expected) / Math.max(1, Math.abs(expected)));
      }
      expect(largest).toBeLessThan(1e-4);
      expect(ours).not.toEqual(closeTo(before, 2));
      expect(Array.from(byHand.act(histories))).toEqual(closeTo(byAutograd.act(histories), 4));
      expect(Array.from(byHand.actByAverage(histories))).toEqual(
        closeTo(byAutograd.actByAverage(histories), 4),
      );
    });
  });
}
