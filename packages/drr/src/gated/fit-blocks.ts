import {
  fitEase,
  fitIals,
  fitMatrixFactorization,
  fitPopularity,
  fitSlit,
  savedFactors,
  savedMean,
  type MatrixFactorization,
  type SavedLinear,
  type SavedPopularity,
  type SavedScorer,
} from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import { isLiked, type RatingLog } from '@rl-recsys/rating-log';
import { fitGru4Rec, fitSasrec } from '@rl-recsys/sequence-models';
import type { GoalName } from './goal-names.js';
import type { SequenceBlockName } from './sequence-block-names.js';

/** How many factorizations of ratings are fitted: their mean ranks better than one (found on MovieLens). */
const SEEDS = 3;

/** After how many more recent items one counts half where EASE looks at what is recent; which serves best, the mix says. */
const HALF_LIVES = { recent: 20, newest: 6 };

/** What fits each model of order, and the stream that it draws from. */
const sequenceFits = {
  gru4rec: { stream: 'GRU4Rec', fit: fitGru4Rec },
  sasrec: { stream: 'SASRec', fit: fitSasrec },
} satisfies Record<SequenceBlockName, object>;

/** Which blocks are fitted, and how that is watched and ended. */
export interface FitBlocksOptions {
  readonly random: Random;
  /** What they are to be good for (default: likes). For the next item, whatever it is, dislikes count as likes do. */
  readonly goal?: GoalName | undefined;
  /** A model of order beside SLIT (default: none). */
  readonly sequenceBlock?: SequenceBlockName | undefined;
  /** Called after each model. */
  readonly onFit?: (() => void) | undefined;
  /** Ends the fit: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** What can be learned of the log (default: as {@link whatVaries} finds). */
  readonly varies?: WhatVaries;
}

/** What blocks there can be. */
export interface WhatVaries {
  /** Whether ratings differ; of clicks that all count alike nothing is learned about who likes what they met. */
  readonly ratings: boolean;
  /** Whether anything is liked; without likes nothing is learned about what is liked together. */
  readonly likes: boolean;
}

/** What ranks a catalogue in several ways. */
export interface CatalogueBlocks {
  /** By expected rating, by what others liked together (iALS and EASE, whole pasts and recent ones), by order (SLIT and others), by popularity. */
  readonly scorers: readonly SavedScorer[];
  /** The factorization whose vectors make the state: of likes, or where there are none, of ratings. */
  readonly vectors: MatrixFactorization;
  readonly popularity: SavedPopularity;
}

/** How many models {@link fitCatalogueBlocks} fits on a log. */
export function countFits(
  { ratings, likes }: WhatVaries,
  { sequenceBlock }: Pick<FitBlocksOptions, 'sequenceBlock'>,
): number {
  return (ratings ? SEEDS : 0) + (likes ? 1 : 0) + 2 + (sequenceBlock === undefined ? 0 : 1);
}

/** What blocks can be fitted on a log. */
export function whatVaries({ ratings, scale }: RatingLog): WhatVaries {
  return {
    ratings: ratings.some((rating) => rating !== ratings[0]),
    likes: ratings.some((rating) => isLiked(rating, scale)),
  };
}

/**
 * Fits all blocks of the default variant on a log.
 *
 * @throws RangeError where neither ratings differ nor anything is liked.
 */
export async function fitCatalogueBlocks(
  log: RatingLog,
  { random, goal = 'likes', sequenceBlock, onFit, signal, varies = whatVaries(log) }: FitBlocksOptions,
): Promise<CatalogueBlocks> {
  const control = signal === undefined ? {} : { signal };
  if (!varies.ratings && !varies.likes)
    throw new RangeError('log: expected likes, or ratings that differ, to learn from, got neither');
  const done = <T>(model: T): T => {
    onFit?.();
    return model;
  };
  const ofRatings = (seed: number) => fitMatrixFactorization(log, { random: random.fork(`ratings ${seed}`) });
  const ratings = Array.from({ length: varies.ratings ? SEEDS : 0 }, (_, seed) => done(ofRatings(seed)));
  const likes = varies.likes
    ? done(await fitIals(log, { random: random.fork('likes'), ...control }))
    : undefined;
  const alike = goal === 'next-item' ? { disliked: 1 } : {};
  const ahead = goal === 'next-item' ? { dislikedAhead: 1 } : {};
  const ease = done(await fitEase(log, { ...alike, ...control }));
  const slit = done(await fitSlit(log, { ...alike, ...ahead, ...control }));
  const inOrder: SavedScorer[] = [];
  if (sequenceBlock !== undefined) {
    const { stream, fit } = sequenceFits[sequenceBlock];
    inOrder.push(
      done(await fit(log, { random: random.fork(stream), ...startingAt(slit), ...alike, ...control })),
    );
  }
  const popularity = fitPopularity(log);
  return {
    scorers: [
      ...(ratings.length > 0
        ? [
            savedMean(
              'ratings',
              ratings.map((model, seed) => savedFactors(`ratings ${seed}`, model)),
            ),
          ]
        : []),
      ...(likes ? [savedFactors('iALS', likes)] : []),
      ease,
      ...Object.entries(HALF_LIVES).map(([name, halfLife]) => ({
        ...{ ...ease, name: `EASE, ${name}`, input: { ...ease.input, halfLife } },
      })),
      slit,
      ...inOrder,
      popularity,
    ],
    vectors: likes ?? ratings[0]!,
    popularity,
  };
}

/** Vectors begin at a model of all items, at random where the catalogue is too large for one. */
function startingAt(model: SavedLinear): { readonly startFrom?: SavedLinear } {
  return model.among === undefined ? { startFrom: model } : {};
}
