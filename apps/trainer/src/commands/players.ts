import { evaluateAgent, type Agent } from '@rl-recsys/agent';
import { bootstrapDifference } from '@rl-recsys/evaluation';
import { vectorPolicy, weighBlocks } from '@rl-recsys/drr';
import { wrap, type Environment, type RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import type { Recommender } from '@rl-recsys/recommender';
import { returnsOf, type Returns } from '../run/returns.js';
import { printResult } from '../terminal/output.js';
import { progressOf } from '../terminal/progress.js';
import { textTable } from '../terminal/text-table.js';
import { randomAgent } from './random-agent.js';

/** Enough for a mean that tells a good agent from a random one; each begins from a seed of its own. */
const EPISODES = 20;
/** Where evaluation's seeds begin: far from those that training is likely to have. */
const FIRST_SEED = 1_000_000;

/** Whatever acts in an environment, by the name that tables have for it. */
export type Player = readonly [name: string, agent: Pick<Agent<unknown, unknown>, 'act'>];

/** A recommender of items, and beside it the list that is best for everybody, where it knows of one. */
export function playersOf(name: string, { parts }: Recommender): Player[] {
  if (!('tables' in parts)) throw new TypeError(`${name}: expected a recommender by vectors`);
  const { policy, savedPolicy, tables } = parts;
  if (savedPolicy.kind !== 'residual') return [[name, greedyAgent(policy)]];
  const { blocks } = savedPolicy;
  const weights = Object.fromEntries(blocks.map((block) => [block.name, block.name === 'bias' ? 1 : 0]));
  const fixed = vectorPolicy('best fixed list', weighBlocks(tables, blocks, weights));
  return [
    [fixed.name, greedyAgent(fixed)],
    [name, greedyAgent(policy)],
  ];
}

/** Plays what random actions and some players earn in an environment, each in the same episodes; the last one is what was trained. */
export async function playReturns(
  environment: Environment<unknown, unknown>,
  players: readonly Player[],
  random: Random,
): Promise<Returns> {
  const all: Player[] = [['random actions', randomAgent(environment, random)], ...players];
  const played: (readonly [string, number[]])[] = [];
  const progress = progressOf('evaluating', 'episodes');
  let begun = 0;
  const counted = wrap(environment, {
    reset(options) {
      progress.show(begun++, EPISODES * all.length);
      return environment.reset(options);
    },
  });
  for (const [name, agent] of all)
    played.push([
      name,
      await evaluateAgent({ environment: counted, agent, episodes: EPISODES, seed: FIRST_SEED }),
    ]);
  progress.show(begun, EPISODES * all.length);
  progress.stop();
  return returnsOf(played, (own, other) =>
    bootstrapDifference(own, other, { random: random.fork('intervals') }),
  );
}

/** Prints them as the result of a command. */
export function printReturns({ episodes, rows, verdict }: Returns, run: string): void {
  const table = textTable(
    ['agent', 'mean', 'deviation', 'least', 'most'],
    rows.map(({ agent, mean, deviation, least, most }) => [agent, mean, deviation, least, most]),
  );
  printResult(`Returns of ${episodes} episodes:\n${table}`, { run, episodes, returns: rows, verdict });
}

/** What scores items for a user of an environment. */
interface ItemPolicy {
  score(observation: RecommendationObservation, items: Int32Array, scores: Float32Array): void;
}

/** Shows the candidate with the highest score; of equals the first. */
function greedyAgent(policy: ItemPolicy): Player[1] {
  return {
    act: (observations) =>
      (observations as readonly RecommendationObservation[]).map((observation) => {
        const { candidates } = observation;
        const scores = new Float32Array(candidates.length);
        policy.score(observation, candidates, scores);
        return candidates[highestPlace(scores)];
      }),
  };
}

/** Without a spread, which a large catalogue would be too long for. */
function highestPlace(scores: Float32Array): number {
  let highest = 0;
  for (let place = 1; place < scores.length; place++) if (scores[place]! > scores[highest]!) highest = place;
  return highest;
}
