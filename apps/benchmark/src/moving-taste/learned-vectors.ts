import {
  fitPlanningBlocks,
  planningGates,
  RewardModelPolicy,
  vectorPolicy,
  weighBlocks,
} from '@rl-recsys/drr';
import {
  epsilonGreedy,
  itemMeanPolicy,
  linearUcbPolicy,
  onlineFactorizationPolicy,
  popularityPolicy,
  type Policy,
} from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import {
  greedyTastePolicy,
  measureSessions,
  searchSession,
  sessionValue,
  simulatedLog,
  simulatedWorld,
} from '@rl-recsys/simulators';
import { mean } from 'simple-statistics';
import { trainRewardModel } from './reward-model.js';
import { besidePlan, summarize, type Task } from './task-result.js';
import { trainPolicy } from './train.js';

/** How strongly online factorisation holds a user's vector: as strongly as the ridge of the fit did. */
const REGULARIZATION = 15;

/** The stars of a reward from −1 to 1. */
const ratingOf = (reward: number) => 3 + 2 * reward;

/**
 * DRR beside every policy that looks at the next item alone, all with vectors learned from a log of the world: 100
 * users are measured, all others trained on. The plan and the greedy policy that it is measured between see the state.
 */
export const learnedVectors: Task = {
  name: 'learned',
  about: '500 items, vectors learned from a log of 330,000 ratings; all policies have the same vectors',
  run: async ({ seed, ...asked }) => {
    const startedAt = performance.now();
    const random = Random.fromSeed(seed).fork('learned');
    const { world, trained, measured } = simulatedWorld(seed);
    const { log } = simulatedLog(seed);
    const { blocks, ...vectors } = fitPlanningBlocks(log, random.fork('embeddings'));
    const tables = { users: vectors.users, items: vectors.items };
    const weighed = weighBlocks(tables, blocks, planningGates);

    const training = { ...asked, world, tables, blocks, gates: planningGates, users: trained };
    const planning = await trainPolicy({ ...training, gamma: 0.98, random: random.fork('planning') });
    const myopic = await trainPolicy({ ...training, gamma: 0, random: random.fork('myopic') });
    const model = trainRewardModel({
      ...training,
      replay: myopic.replay,
      random: random.fork('reward model'),
    });

    const meanRating = mean([...log.ratings]);
    const userBias = (user: number) => tables.users.vectors[(user + 1) * tables.users.size - 1]!; // the last block
    const factorization = vectorPolicy('matrix factorisation', weighed);
    const policies: Record<string, Policy> = {
      'DRR, γ = 0.98': planning.policy,
      'DRR, γ = 0': myopic.policy,
      'reward model': new RewardModelPolicy(model),
      'matrix factorisation': factorization,
      'matrix factorisation, ε = 0.1': epsilonGreedy(factorization, {
        epsilon: 0.1,
        random: random.fork('ε-greedy'),
      }),
      'online factorisation': onlineFactorizationPolicy({
        ...{ ...weighed, fittedOn: [], regularization: REGULARIZATION },
        targetOf: (user, reward) => ratingOf(reward) - meanRating - userBias(user),
      }),
      LinUCB: linearUcbPolicy({ items: tables.items, alpha: 0.3 }),
      'item mean': itemMeanPolicy(log),
      popularity: popularityPolicy(log),
    };
    const historySize = world.dynamics.sessionLength;
    const measuring = { world, historySize, users: measured, sessions: 4, random: random.fork('measured') };
    const values = Object.fromEntries(
      Object.entries(policies).map(([name, policy]) => [name, measureSessions(policy, measuring)]),
    );
    const greedy = greedyTastePolicy(world);
    return besidePlan(summarize('learned', values, { seed, random: random.fork('bootstrap'), startedAt }), {
      greedy: mean(measured.map((user) => sessionValue(world, user, greedy).reward)),
      plan: mean(measured.map((user) => searchSession(world, user).reward)),
    });
  },
};
