import { Random, type SavedState } from '@rl-recsys/random';
import {
  DrrLearningPolicy,
  ResidualLearningPolicy,
  type DrrLearningOptions,
  type ResidualLearner,
  type ResidualLearningOptions,
} from '../../src/index.js';
import { toyLearner as drrLearner, toyReplay as drrReplay } from '../paper/toy-learner.js';
import { toyLearner as residualLearner, toyReplay as residualReplay, sampleOf } from '../residual/toy.js';

const settings = { gamma: 0.5, batchSize: 8, random: Random.fromSeed('sessions') };
const rates = { actorLearningRate: 1e-2, criticLearningRate: 1e-2 };

/** DRR, and a prioritized buffer of ten transitions. */
export function drrCase() {
  const learner = drrLearner(rates);
  const replay = drrReplay(learner);
  const make = (change: Partial<DrrLearningOptions> = {}) =>
    new DrrLearningPolicy({ learner, ...settings, ...change });
  const save = () => learner.state();
  return { learner, replay, make, policy: make({ replay }), frozen: learner.policy(), save };
}

/** The default variant, trained long enough for its actor to learn, and a uniform buffer of forty. */
export function residualCase({ trainableItems = false } = {}) {
  const learner = residualLearner({ ...rates, trainableItems });
  learner.restore(trained(learner, String(trainableItems)));
  const replay = residualReplay(learner);
  const make = (change: Partial<ResidualLearningOptions> = {}) =>
    new ResidualLearningPolicy({ learner, ...settings, ...change });
  const save = () => learner.state();
  return { learner, replay, make, policy: make({ replay }), frozen: learner.policy(), save };
}

const trainings = new Map<string, SavedState>();

/** What a learner is after the updates that its critics are ahead of its actor; made once by its options' name. */
function trained(learner: ResidualLearner, name: string): SavedState {
  const known = trainings.get(name);
  if (known) return known;
  const batch = sampleOf(learner, 4);
  learner.prepare(batch);
  for (let update = 0; update < 101; update++) learner.learn(batch);
  const state = learner.state();
  trainings.set(name, state);
  return state;
}
