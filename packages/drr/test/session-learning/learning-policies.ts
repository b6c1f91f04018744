import { Random } from '@rl-recsys/random';
import {
  DrrLearningPolicy,
  ResidualLearningPolicy,
  ResidualPolicy,
  type DrrLearningOptions,
  type ResidualAgent,
  type ResidualLearningOptions,
} from '../../src/index.js';
import { toyAgent as residualAgent, toyReplay as residualReplay, sampleOf } from '../residual/toy.js';
import { toyAgent as drrAgent, toyReplay as drrReplay } from '../toy-agent.js';

const settings = { gamma: 0.5, batchSize: 8, random: Random.fromSeed('sessions') };
const rates = { actorLearningRate: 1e-2, criticLearningRate: 1e-2 };

/** DRR, and a prioritized buffer of ten transitions. */
export function drrCase() {
  const agent = drrAgent(rates);
  const replay = drrReplay(agent);
  const make = (change: Partial<DrrLearningOptions> = {}) =>
    new DrrLearningPolicy({ agent, ...settings, ...change });
  const save = () => agent.learner.save();
  return { agent, replay, make, policy: make({ replay }), frozen: agent.policy, save };
}

/** The default variant, trained long enough for its actor to learn, and a uniform buffer of forty. */
export function residualCase({ trainableItems = false } = {}) {
  const agent = residualAgent({ ...rates, trainableItems });
  agent.restore(trained(agent, String(trainableItems)));
  const replay = residualReplay(agent);
  const make = (change: Partial<ResidualLearningOptions> = {}) =>
    new ResidualLearningPolicy({ agent, ...settings, ...change });
  const save = () => agent.save();
  return { agent, replay, make, policy: make({ replay }), frozen: new ResidualPolicy(agent), save };
}

const trainings = new Map<string, Uint8Array>();

/** What an agent is after the updates that its critics are ahead of its actor; made once by its options' name. */
function trained(agent: ResidualAgent, name: string): Uint8Array {
  const known = trainings.get(name);
  if (known) return known;
  const batch = sampleOf(agent, 4);
  agent.standardise(batch);
  for (let update = 0; update < 101; update++) agent.learn(batch);
  trainings.set(name, agent.save());
  return agent.save();
}
