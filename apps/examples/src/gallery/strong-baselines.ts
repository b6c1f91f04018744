/** Strong recommenders on a split of one's own, with an interval of their difference: what to try before anything that learns by reinforcement. */
import {
  fitEase,
  fitIals,
  fitItemKnn,
  fitSlit,
  historyScorer,
  savedFactors,
  type SavedScorer,
} from '@rl-recsys/embeddings';
import {
  bootstrapDifference,
  evaluateFullRanking,
  historyPolicy,
  popularityPolicy,
} from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { splitByTime } from '@rl-recsys/rating-log';
import { syntheticRatingLog } from '@rl-recsys/simulators';

const random = Random.fromSeed(1);
const log = syntheticRatingLog({ users: 300, items: 200, ratingsPerUser: 30, random }); // yours
const { train, test } = splitByTime(log);

const saved: Record<string, SavedScorer> = {
  iALS: savedFactors('iALS', await fitIals(train, { random, factors: 16 })),
  'item-kNN': await fitItemKnn(train),
  EASE: await fitEase(train),
  SLIT: await fitSlit(train),
};
const policies = [
  popularityPolicy(train),
  ...Object.entries(saved).map(([name, scorer]) => historyPolicy(name, historyScorer(scorer), train)),
];
const results = policies.map((policy) => {
  const { cutoffs, perUser } = evaluateFullRanking(policy, { train, test, cutoffs: [10] });
  console.log(`${policy.name}: NDCG@10 ${cutoffs[0]!.ndcg.toFixed(4)}`);
  return perUser[0]!.ndcg;
});
const { low, high } = bootstrapDifference(results[3]!, results[0]!, { random });
console.log(`EASE less popularity: ${low.toFixed(4)} to ${high.toFixed(4)} (95 %)`);
