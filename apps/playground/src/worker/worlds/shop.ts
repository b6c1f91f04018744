import { fitPlanningBlocks, planningGates, residualInSimulator } from '@rl-recsys/drr';
import type { RecommendationSpace } from '@rl-recsys/environment';
import { categoryOf, shop } from '@rl-recsys/examples/shop';
import { Random } from '@rl-recsys/random';
import { IdMap } from '@rl-recsys/rating-log';
import { randomPlayLog } from '@rl-recsys/simulators';
import type { Knobs } from '../../plan.js';
import { measureEach, myopicPolicies } from './baselines.js';
import { returnOf } from './play.js';
import type { World } from './world.js';

const CATEGORIES = 5;
/** How many items are shown at random first, to fit vectors on. */
const PLAYED = 4000;
/** What boredom takes from a reward where it is usual. */
const BOREDOM_COST = 0.2;
/** Visits that are measured. */
const MEASURED = 60;
/** Sessions that are learned from side by side: customers are few. */
const SESSIONS = 32;

/** The small shop of the examples: customers get bored with a category, and leave. */
export async function smallShop(seed: number, say: (text: string) => void): Promise<World> {
  say(`Showing ${PLAYED.toLocaleString('en-GB')} items at random, to fit vectors on what they earn …`);
  const random = Random.fromSeed(seed).fork('shop');
  const environment = shop({ random: random.fork('random play') });
  const { userCount, itemCount, historySize } = environment.observationSpace as RecommendationSpace;
  const log = await randomPlayLog(environment, { steps: PLAYED, random: random.fork('items') });
  const fitted = fitPlanningBlocks(log, random.fork('vectors'));
  const { foldIn, blocks } = fitted;
  const tables = { users: fitted.users, items: fitted.items, fittedOn: fitted.fittedOn.slice(0, 1) };
  const policies = myopicPolicies(log, tables, blocks, planningGates);
  const idsOf = (kind: string, count: number) =>
    new IdMap(Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`));
  const items = idsOf('item', itemCount);
  const shopWith = ({ boredom }: Knobs, stream: Random) =>
    shop({ random: stream, boredomCost: boredom * BOREDOM_COST });
  const measureIn = async (policy: Parameters<World['measure']>[0], knobs: Knobs) => {
    const visits = shopWith(knobs, Random.fromSeed(seed));
    let sum = 0;
    for (let visit = 0; visit < MEASURED; visit++) sum += await returnOf(policy, visits, visit);
    return sum / MEASURED;
  };
  return {
    about:
      'A shop of 40 items in 5 categories. Customers like some more than others, but too much of one bores them, and then they leave.',
    ...{ log, users: idsOf('customer', userCount), items, titles: new Map(), tables, foldIn, historySize },
    ...{ topicCount: CATEGORIES, hasMood: false, canBeBored: true },
    lookedAt: Array.from({ length: userCount }, (_, user) => user),
    make({ steps, replay, seed: of }, knobs) {
      const { gamma, epsilon } = knobs;
      const streams = Random.fromSeed(of).fork('playground');
      const visits = streams.fork('environment');
      return residualInSimulator({
        ...{ ...tables, blocks, gates: planningGates, steps, gamma, historySize, random: streams },
        ...{ sessions: SESSIONS, candidateCount: 32, returnSteps: 5, capacity: Math.ceil(steps / 4) },
        ...(epsilon !== 'auto' && { epsilon }),
        ...(replay === 'prioritized' && { prioritized: {} }),
        makeEnvironment: (session) => shopWith(knobs, visits.fork(String(session))),
      });
    },
    session(user, knobs, session) {
      const visits = shopWith(knobs, Random.fromSeed(session));
      return {
        ...visits,
        // Whoever comes in is drawn: doors open until it is this one.
        reset({ seed: from = session } = {}) {
          for (let door = from; ; door++) {
            const opened = visits.reset({ seed: door }) as Awaited<ReturnType<typeof visits.reset>>;
            if (opened.observation.user === user) return opened;
          }
        },
      };
    },
    measure: measureIn,
    baselines: (knobs) => measureEach(policies, (policy) => measureIn(policy, knobs)),
    factsOf: (item) => ({ name: items.idOf(item), topic: categoryOf(item) }),
    rewardOf: (stars) => (stars - 1) / 4,
  };
}
