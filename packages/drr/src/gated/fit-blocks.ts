import {
  fitEase,
  fitIals,
  fitMatrixFactorization,
  fitPopularity,
  fitSlit,
  savedFactors,
  savedMean,
  type MatrixFactorization,
  type SavedPopularity,
  type SavedScorer,
} from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { fitGru4Rec } from '@rl-recsys/sequence-models';
import type { SequenceBlockName } from './sequence-block-names.js';

/** How many factorizations of ratings are fitted: their mean ranks better than one (found on MovieLens). */
const SEEDS = 3;

/** After how many more recent items one counts half where EASE looks at what is recent; which serves best, the mix says. */
const HALF_LIVES = { recent: 20, newest: 6 };

/** Which blocks are fitted, and how that is watched and ended. */
export interface FitBlocksOptions {
  readonly random: Random;
  /** A model of order beside SLIT (default: none). */
  readonly sequenceBlock?: SequenceBlockName | undefined;
  /** Called after each model. */
  readonly onFit?: (() => void) | undefined;
  /** Ends the fit: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What ranks a catalogue in several ways. */
export interface CatalogueBlocks {
  /** By expected rating, by what others liked together (iALS and EASE, whole pasts and recent ones), by order (SLIT and others), by popularity. */
  readonly scorers: readonly SavedScorer[];
  /** The factorization of likes, whose vectors make the state. */
  readonly likes: MatrixFactorization;
  readonly popularity: SavedPopularity;
}

/** How many models {@link fitCatalogueBlocks} fits on a log. */
export function countFits(
  log: RatingLog,
  { sequenceBlock }: Pick<FitBlocksOptions, 'sequenceBlock'>,
): number {
  return (varies(log) ? SEEDS : 0) + 3 + (sequenceBlock === undefined ? 0 : 1);
}

/** Whether ratings differ; of clicks that all count alike nothing is learned about who likes what they met. */
function varies({ ratings }: RatingLog): boolean {
  return ratings.some((rating) => rating !== ratings[0]);
}

/** Fits all blocks of the default variant on a log. */
export async function fitCatalogueBlocks(
  log: RatingLog,
  { random, sequenceBlock, onFit, signal }: FitBlocksOptions,
): Promise<CatalogueBlocks> {
  const control = signal === undefined ? {} : { signal };
  const done = <T>(model: T): T => {
    onFit?.();
    return model;
  };
  const ratings = Array.from({ length: varies(log) ? SEEDS : 0 }, (_, seed) =>
    savedFactors(
      `ratings ${seed}`,
      done(fitMatrixFactorization(log, { random: random.fork(`ratings ${seed}`) })),
    ),
  );
  const likes = done(await fitIals(log, { random: random.fork('likes'), ...control }));
  const ease = done(await fitEase(log, control));
  const slit = done(await fitSlit(log, control));
  const gru = { random: random.fork('GRU4Rec'), startFrom: slit, ...control };
  const inOrder = sequenceBlock === undefined ? [] : [done(await fitGru4Rec(log, gru))];
  const popularity = fitPopularity(log);
  return {
    scorers: [
      ...(ratings.length > 0 ? [savedMean('ratings', ratings)] : []),
      savedFactors('iALS', likes),
      ease,
      ...Object.entries(HALF_LIVES).map(([name, halfLife]) => ({
        ...{ ...ease, name: `EASE, ${name}`, input: { ...ease.input, halfLife } },
      })),
      slit,
      ...inOrder,
      popularity,
    ],
    likes,
    popularity,
  };
}
