import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { DdpgLearner, DqnLearner, SacLearner } from '../src/index.js';
import { toyBatch, toyLearner } from './toy-actor-critic.js';
import { batchOf } from './toy-batches.js';

const small = { stateSize: 2, hiddenSize: 4, random: Random.fromSeed(1) };
const transition = { observation: [1, 0], reward: 1, discount: 0, nextObservation: [0, 1] };

/** What is asked of each, by the name that its error says. */
function asked(): Record<string, { dispose(): void; readonly calls: Record<string, () => unknown> }> {
  const [actorCritic, batch] = [toyLearner(), toyBatch()];
  const learners = {
    DdpgLearner: new DdpgLearner({ ...small, actionSize: 1 }),
    SacLearner: new SacLearner({ ...small, actionSize: 1 }),
    DqnLearner: new DqnLearner({ ...small, actionCount: 2 }),
  };
  const ofLearner = ([name, learner]: [string, (typeof learners)[keyof typeof learners]]) => {
    const own = batchOf(learner.fields, [
      { ...transition, action: name === 'DqnLearner' ? 1 : [1] },
    ] as never);
    const state = learner.state();
    const calls = {
      learn: () => learner.learn(own as never),
      weights: () => learner.weights(),
      state: () => learner.state(),
      restore: () => learner.restore(state),
      ...(name === 'DdpgLearner' ? {} : { inspect: () => learner.inspect(own as never) }),
    };
    return [name, { dispose: () => learner.dispose(), calls }] as const;
  };
  const [weights, state] = [actorCritic.weights(), actorCritic.state()];
  return {
    ActorCritic: {
      dispose: () => actorCritic.dispose(),
      calls: {
        act: () => actorCritic.act(batch.observation),
        learn: () => actorCritic.learn(batch),
        tdError: () => actorCritic.tdError(batch),
        value: () => actorCritic.value(batch),
        weights: () => actorCritic.weights(),
        takeWeights: () => actorCritic.takeWeights(weights),
        state: () => actorCritic.state(),
        restore: () => actorCritic.restore(state),
      },
    },
    ...Object.fromEntries(Object.entries(learners).map(ofLearner)),
  };
}

test.each(['ActorCritic', 'DdpgLearner', 'SacLearner', 'DqnLearner'])(
  'a disposed %s says what was asked of it',
  (name) => {
    const made = asked()[name]!;
    for (const call of Object.values(made.calls)) expect(call).not.toThrow();
    made.dispose();
    for (const [asked, call] of Object.entries(made.calls)) {
      expect(call).toThrow(
        new RegExp(`^${asked}: expected an? (actor-critic|learner) in use, got one that was disposed`),
      );
    }
  },
);
