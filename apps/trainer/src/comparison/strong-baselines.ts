import { vectorPolicy } from '@rl-recsys/drr';
import {
  DENSE_ITEMS,
  fitBpr,
  fitEase,
  fitIals,
  fitItemKnn,
  fitSlit,
  itemTable,
  savedFactors,
  userTable,
  type SavedScorer,
} from '@rl-recsys/embeddings';
import { historyScorer } from '@rl-recsys/embeddings/scores';
import { historyPolicy, type Policy } from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { isLiked, type RatingLog } from '@rl-recsys/rating-log';
import { fitGru4Rec, fitSasrec } from '@rl-recsys/sequence-models';
import type { LogRunOptions } from '../options/run-options.js';
import { say } from '../terminal/output.js';
import { progressOf } from '../terminal/progress.js';
import type { Compared } from '../variants/variant.js';
import { sayPartlyKnown } from './partly-known.js';

/** A model that DRR must be measured against, though it may not be built on it. */
interface StrongModel {
  readonly name: string;
  /** Whether it takes minutes, and is fitted where all are asked for alone. */
  readonly isSlow?: true;
  /** Whether it has a number for each pair of items: of a large catalogue it knows a part. */
  readonly isOfPairs?: true;
  /** Whether it begins at such a model of all items, and is left out where there is none. */
  readonly startsAtPairs?: true;
  readonly fit: (log: RatingLog, random: Random) => Promise<Policy> | Policy;
}

const ofPasts = (scorer: SavedScorer, log: RatingLog): Policy =>
  historyPolicy(scorer.name, historyScorer(scorer), log);

/** By their names in tables, which are those that they have as blocks. */
const models: readonly StrongModel[] = [
  {
    name: 'iALS',
    fit: async (log, random) => ofPasts(savedFactors('iALS', await fitIals(log, { random })), log),
  },
  { name: 'item-kNN', isOfPairs: true, fit: async (log) => ofPasts(await fitItemKnn(log), log) },
  { name: 'EASE', isOfPairs: true, fit: async (log) => ofPasts(await fitEase(log), log) },
  { name: 'SLIT', isOfPairs: true, fit: async (log) => ofPasts(await fitSlit(log), log) },
  {
    name: 'BPR',
    isSlow: true,
    fit: (log, random) => {
      const model = fitBpr(log, { random });
      const tables = { users: userTable(model), items: itemTable(model), fittedOn: [model.fittedOn] };
      return vectorPolicy('BPR', tables);
    },
  },
  {
    name: 'GRU4Rec',
    isSlow: true,
    startsAtPairs: true,
    fit: async (log, random) =>
      ofPasts(await fitGru4Rec(log, { random, startFrom: await fitSlit(log) }), log),
  },
  {
    name: 'SASRec',
    isSlow: true,
    startsAtPairs: true,
    fit: async (log, random) => ofPasts(await fitSasrec(log, { random, startFrom: await fitSlit(log) }), log),
  },
];

/**
 * Fits the models that `--baselines` asks for and that are not among a policy's blocks; those that can't be fitted are
 * named.
 *
 * @param train - what may be learned from.
 */
export async function strongBaselines(
  train: RatingLog,
  { baselines: which, seed }: Pick<LogRunOptions, 'baselines' | 'seed'>,
  { blocks }: Compared,
): Promise<Policy[]> {
  const there = blocks.map(({ name }) => name);
  const asked = models.filter(({ name, isSlow }) => !there.includes(name) && (which === 'all' || !isSlow));
  if (!train.ratings.some((rating) => isLiked(rating, train.scale))) {
    leftOut(asked, 'nothing is liked');
    return [];
  }
  const isLarge = train.itemCount > DENSE_ITEMS.all;
  const isLeftOut = ({ startsAtPairs }: StrongModel) => startsAtPairs === true && isLarge;
  leftOut(asked.filter(isLeftOut), `there are more than ${DENSE_ITEMS.all.toLocaleString('en')} items`);
  sayPartlyKnown(
    asked.filter(({ isOfPairs }) => isOfPairs).map(({ name }) => name),
    train,
  );
  return fitAll(
    asked.filter((model) => !isLeftOut(model)),
    train,
    Random.fromSeed(seed).fork('strong baselines'),
  );
}

async function fitAll(models: readonly StrongModel[], log: RatingLog, random: Random): Promise<Policy[]> {
  const progress = progressOf('baselines', 'models');
  const policies: Policy[] = [];
  try {
    for (const { name, fit } of models) {
      progress.show(policies.length, models.length, [name]);
      policies.push(await fit(log, random.fork(name)));
    }
    progress.show(policies.length, models.length);
  } finally {
    progress.stop();
  }
  return policies;
}

function leftOut(models: readonly StrongModel[], why: string): void {
  if (models.length > 0) say(`${models.map(({ name }) => name).join(', ')}: left out, as ${why}`);
}
