import type { ResidualAgent } from '@rl-recsys/drr';
import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Candidate, Thought } from '../messages.js';
import type { World } from './worlds/world.js';

/** So many of the best are told. */
const TOLD = 5;

/** What the recommender makes of a situation: the best candidates by score, the best by Q, and why. */
export function thoughtOf(
  agent: ResidualAgent,
  world: World,
  observation: RecommendationObservation,
): Thought {
  const { gates, residualSize, items } = agent.lookAt(observation);
  const byScore = items.toSorted((one, other) => other.score - one.score || one.item - other.item);
  const told = byScore.slice(0, TOLD);
  const bestByValue = items.reduce((best, each) => (each.value > best.value ? each : best));
  if (!told.includes(bestByValue)) told.push(bestByValue);
  const candidates = told.map((each): Candidate => ({ ...each, ...world.factsOf(each.item) }));
  return { gates, residualSize, candidates, topics: topicMeans(items, world) };
}

function topicMeans(
  items: readonly { readonly item: number; readonly score: number }[],
  { topicCount, factsOf }: World,
): number[] {
  const [sums, counts] = [new Float64Array(topicCount), new Float64Array(topicCount)];
  for (const { item, score } of items) {
    const { topic } = factsOf(item);
    if (topic === undefined) continue;
    sums[topic]! += score;
    counts[topic]! += 1;
  }
  return Array.from(sums, (sum, topic) => (counts[topic] === 0 ? 0 : sum / counts[topic]!));
}
