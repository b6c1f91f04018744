import { DecayingSums } from '@rl-recsys/state';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { updateByAutograd } from '../../src/gated/autograd-update.js';
import type { GatedBatch } from '../../src/gated/update-parts.js';
import type { GatedAgent, GatedFromBlocksOptions } from '../../src/index.js';
import { numbersIn } from '../numbers-in.js';
import { copyOf, shownAround } from './shown-around.js';

/**
 * Offers each row five of its pool. Of two candidates, which are ±1 whatever they score, the gradient is nothing but rounding: Adam makes
 * whole steps of that.
 */
function offerFive({ pools }: GatedAgent, { columns }: GatedBatch): void {
  const { user, candidates, shown } = columns;
  const count = candidates.length / user.length;
  for (const [row, moment] of user.entries()) {
    for (let place = 0; place < count; place++)
      candidates[row * count + place] = place === row % count ? -1 : pools.offsets[moment]! + 2 * place;
    shown[row] = (row + 1) % count;
  }
}

export const variants: Record<string, Partial<GatedFromBlocksOptions>> = {
  'its defaults': {},
  'sums that decay, without dropout, and units that fill no vector': {
    ...{ stateLayer: () => new DecayingSums({}), dropout: 0, hiddenSize: 5, temperature: 0.5 },
  },
};

/** Tests that an agent with some of these options learns by hand what it learns by autograd. */
export function testUpdates(names: readonly string[]): void {
  describe.each(names)('with %s', (name) => {
    test('it is the update by autograd, for 200 updates', async () => {
      const byHand = await shownAround(variants[name]);
      const byAutograd = copyOf(byHand, variants[name]);
      const before = numbersIn(byHand.learner.state());
      const batch = byHand.replay.createBatch(16);
      const kinds = new Set<number>();
      let largest = 0;
      for (let update = 0; update < 200; update++) {
        byHand.replay.sample(batch, { beta: 1 });
        for (const kind of batch.columns.kind) kinds.add(kind);
        offerFive(byHand, batch);
        batch.weights.forEach((_, row) => (batch.weights[row] = 0.5 + row / 16));
        const ours = byHand.learner.learn(batch);
        const theirs = updateByAutograd(byAutograd.learner['parts'], batch);
        expect(ours.figures['criticLoss']).toBeCloseTo(theirs.figures['criticLoss']!, 4);
        expect(ours.figures['actorLoss'] === undefined).toBe(theirs.figures['actorLoss'] === undefined);
        expect(ours.figures['actorLoss'] ?? 0).toBeCloseTo(theirs.figures['actorLoss'] ?? 0, 4);
        expect(Array.from(ours.tdErrors)).toEqual(closeTo(theirs.tdErrors, 3));
      }
      expect(kinds.size).toBe(2);
      expect(byHand.learner['fused']).toBeDefined();
      const [ours, theirs] = [numbersIn(byHand.learner.state()), numbersIn(byAutograd.learner.state())];
      for (const [place, expected] of theirs.entries())
        largest = Math.max(largest, Math.abs(ours[place]! - expected) / Math.max(1, Math.abs(expected)));
      expect(largest).toBeLessThan(1e-4);
      expect(ours).not.toEqual(closeTo(before, 2));
    });
  });
}
