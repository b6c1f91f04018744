import { vectorPolicy, weighBlocks, type EmbeddingTables } from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import type { MeasuredPolicy } from '@rl-recsys/simulators';
import type { Baseline } from '../../messages.js';

/** Policies that see as much as DRR does and look at the next item alone, by name. */
export function myopicPolicies(
  log: RatingLog,
  tables: EmbeddingTables,
  blocks: readonly BlockPlace[],
  weights: Readonly<Record<string, number>>,
): Readonly<Record<string, MeasuredPolicy>> {
  const [counts, sums] = [new Float32Array(log.itemCount), new Float32Array(log.itemCount)];
  for (const [row, item] of log.items.entries()) {
    counts[item]! += 1;
    sums[item]! += log.ratings[row]!;
  }
  const means = sums.map((sum, item) => (counts[item] === 0 ? 0 : sum / counts[item]!));
  const random = Random.fromSeed('random items');
  const each = Object.fromEntries(blocks.map(({ name }) => [name, weights[name] ?? 0]));
  return {
    random: {
      score: (_, items, scores) => items.forEach((_item, place) => (scores[place] = random.uniform())),
    },
    popularity: byTable(counts),
    'item mean': byTable(means),
    'matrix factorisation': vectorPolicy('matrix factorisation', weighBlocks(tables, blocks, each)),
  };
}

/** What each of some policies earns. */
export async function measureEach(
  policies: Readonly<Record<string, MeasuredPolicy>>,
  measure: (policy: MeasuredPolicy) => Promise<number>,
): Promise<Baseline[]> {
  const baselines: Baseline[] = [];
  for (const [name, policy] of Object.entries(policies))
    baselines.push({ name, reward: await measure(policy), seesHidden: false });
  return baselines;
}

function byTable(table: Float32Array): MeasuredPolicy {
  return { score: (_, items, scores) => items.forEach((item, place) => (scores[place] = table[item]!)) };
}
