import { fitPlanningBlocks, planningGates, residualInSimulator } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { rewardOf } from '@rl-recsys/rating-log';
import {
  greedyTastePolicy,
  measureSessions,
  movingTasteEnvironment,
  MovingTasteWorld,
  sessionValue,
  simulatedLog,
  simulatedWorld,
} from '@rl-recsys/simulators';
import type { Knobs } from '../../plan.js';
import { measureEach, myopicPolicies } from './baselines.js';
import type { World } from './world.js';

/** Sees how much of a session is left. */
const HISTORY_SIZE = 20;

/** Users that are measured, none of whom is learned from. */
const MEASURED = 60;

/** The world of the trainer's default run: users whose taste moves as they are shown items. */
export function movingTaste(seed: number, say: (text: string) => void): World {
  say('Simulating 4,000 users and the log that another recommender left …');
  const { world, trained, measured } = simulatedWorld(seed);
  const { log, users, items, titles } = simulatedLog(seed);
  say(`Fitting vectors on ${log.items.length.toLocaleString('en-GB')} ratings …`);
  const fitted = fitPlanningBlocks(log, Random.fromSeed(seed).fork('vectors'));
  const { foldIn, blocks } = fitted;
  const tables = { users: fitted.users, items: fitted.items, fittedOn: fitted.fittedOn.slice(0, 1) };
  const lookedAt = measured.slice(0, MEASURED);
  const policies = myopicPolicies(log, tables, blocks, planningGates);

  const worldWith = ({ boredom }: Knobs) =>
    new MovingTasteWorld({
      ...world,
      dynamics: { ...world.dynamics, satiationCost: boredom * world.dynamics.satiationCost },
    });
  const measureIn = (policy: Parameters<World['measure']>[0], knobs: Knobs) => {
    const random = Random.fromSeed(seed).fork('measured');
    const asked = {
      world: worldWith(knobs),
      historySize: HISTORY_SIZE,
      users: lookedAt,
      sessions: 1,
      random,
    };
    return Promise.resolve(meanReward(measureSessions(policy, asked)));
  };
  return {
    about:
      'Simulated users who tire of a topic and whose mood follows what they were shown: clickbait is rated well, and spoils it. In a bad mood they leave.',
    ...{ log, users, items, titles, tables, foldIn, lookedAt },
    ...{ historySize: HISTORY_SIZE, topicCount: world.topicCount, hasMood: true, canBeBored: true },
    make({ steps, replay, seed: of }, knobs) {
      const { gamma, epsilon } = knobs;
      const random = Random.fromSeed(of).fork('playground');
      const visits = random.fork('environment');
      const moving = worldWith(knobs);
      return residualInSimulator({
        ...{ ...tables, blocks, gates: planningGates, steps, gamma, historySize: HISTORY_SIZE, random },
        // The same whatever γ is, so that it can be turned.
        ...{ returnSteps: 5, capacity: Math.ceil(steps / 4) },
        ...(epsilon !== 'auto' && { epsilon }),
        ...(replay === 'prioritized' && { prioritized: {} }),
        makeEnvironment: (session) =>
          movingTasteEnvironment({
            ...{ world: moving, users: trained, historySize: HISTORY_SIZE, lendsCandidates: true },
            random: visits.fork(String(session)),
          }),
      });
    },
    session: (user, knobs, session) =>
      movingTasteEnvironment({
        ...{ world: worldWith(knobs), users: [user], historySize: HISTORY_SIZE },
        random: Random.fromSeed(session),
      }),
    measure: measureIn,
    async baselines(knobs) {
      const moving = worldWith(knobs);
      const greedy = greedyTastePolicy(moving);
      const reward = meanReward(lookedAt.map((user) => sessionValue(moving, user, greedy)));
      return [
        ...(await measureEach(policies, (policy) => measureIn(policy, knobs))),
        { name: 'greedy that sees the mood', reward, seesHidden: true },
      ];
    },
    factsOf: (item) => ({ name: items.idOf(item), topic: world.topics[item]!, bait: world.bait[item]! }),
    rewardOf: (stars) => rewardOf(stars, log.scale),
  };
}

function meanReward(values: readonly { readonly reward: number }[]): number {
  return values.reduce((sum, { reward }) => sum + reward, 0) / values.length;
}
