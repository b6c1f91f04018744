import {
  biasBlock,
  fitImplicitFactorization,
  fitMatrixFactorization,
  BlockFoldIn,
  joinBlocks,
  likesBlock,
  popularityBlock,
  ratingsBlock,
  createEmbeddingTable,
  UserFoldIn,
  type EmbeddingBlock,
  type FoldInPart,
  type Histories,
  type JoinedBlocks,
  type MatrixFactorization,
} from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import { isLiked, type RatingLog } from '@rl-recsys/rating-log';
import { userBiasBlock } from './user-bias-block.js';

/** How many factorizations of each kind are fitted: their mean ranks better than one (found on MovieLens). */
const SEEDS = 4;

/** The factors of those of likes, which bear more than those of ratings (found on validation slices of MovieLens). */
const LIKES_FACTORS = 64;

/** Blocks side by side, and what finds the vectors of other users. */
export interface FittedBlocks extends JoinedBlocks {
  readonly foldIn: BlockFoldIn;
}

/** How much each block counts before anything is learned: those of one matrix factorisation alone. */
export const firstGates: Readonly<Record<string, number>> = {
  ratings: 1,
  bias: 1,
  'more ratings': 0,
  likes: 0,
  popularity: 0,
  'user bias': 0,
};

/**
 * A fixed mix of the same blocks, which learning must not fall behind: the mean of all factorizations of
 * ratings, and 0.6 times that of likes. The weight was found on validation slices of MovieLens.
 */
export const staticMix: Readonly<Record<string, number>> = {
  ...firstGates,
  ratings: 0.25,
  bias: 0.25,
  'more ratings': 0.75,
  likes: 0.6,
};

/**
 * Fits the vectors of the default variant on the training part of a log: a matrix factorisation of ratings with
 * its biases, three more of other seeds, four of likes, and popularity. Where nothing is liked there are none of likes.
 *
 * Users' vectors are folded in from the histories given, so that each knows nothing but its history.
 *
 * @param histories - stretches of the training part's rows, one for each row of the users' table.
 * @param onFit - called after each of the factorizations.
 */
export function fitBlocks(
  train: RatingLog,
  histories: Pick<Histories, 'starts' | 'ends'>,
  { random, onFit }: { readonly random: Random; readonly onFit?: (done: number, total: number) => void },
): FittedBlocks {
  const past: Histories = { ...histories, items: train.items, ratings: train.ratings };
  const models: MatrixFactorization[] = [];
  const hasLikes = train.ratings.some((rating) => isLiked(rating, train.scale));
  const total = hasLikes ? 2 * SEEDS : SEEDS;
  let done = 0;
  const fitAll = (kind: string, fit: (random: Random) => MatrixFactorization) =>
    Array.from({ length: SEEDS }, (_, seed) => {
      const model = fit(random.fork(`${kind} ${seed}`));
      models.push(model);
      onFit?.(++done, total);
      return foldIn(model, past);
    });
  const [first, ...more] = fitAll('ratings', (stream) => fitMatrixFactorization(train, { random: stream }));
  const likes = hasLikes
    ? fitAll('likes', (stream) => fitImplicitFactorization(train, { random: stream, factors: LIKES_FACTORS }))
    : [];
  const users = past.starts.length;
  const popularity = popularityBlock(train);
  const blocks = [
    ratingsBlock(first!),
    biasBlock(first!),
    meanOf('more ratings', more.flatMap(pair)),
    ...(hasLikes ? [meanOf('likes', likes.map(likesBlock))] : []),
    { ...popularity, users: createEmbeddingTable(new Float32Array(users).fill(1), 1) },
    userBiasBlock(first!),
  ];
  const joined = joinBlocks(blocks);
  return { ...joined, foldIn: blockFoldIn(models, joined) };
}

/** The same model with a user for each history. */
function foldIn(model: MatrixFactorization, histories: Histories): MatrixFactorization {
  const { vectors, biases } = new UserFoldIn(model).foldAll(histories);
  return { ...model, users: vectors, userBias: biases };
}

function pair(model: MatrixFactorization): EmbeddingBlock[] {
  return [ratingsBlock(model), biasBlock(model)];
}

/** Blocks as one, whose inner product is the mean of theirs: of so many models as there are distinct fits. */
function meanOf(name: string, blocks: readonly EmbeddingBlock[]): EmbeddingBlock {
  const models = blocks.filter(({ name: kind }) => kind !== 'bias').length;
  const { users, items, fittedOn } = joinBlocks(
    blocks.map((block, index) => ({ ...block, name: `${block.name} ${index}` })),
  );
  const scale = 1 / Math.sqrt(models);
  const scaled = ({ vectors, size }: EmbeddingBlock['users']) =>
    createEmbeddingTable(
      vectors.map((number) => scale * number),
      size,
    );
  return { name, users: scaled(users), items: scaled(items), fittedOn };
}

/** Where each dimension of a user's vector comes from: the four fits of ratings, then those of likes. */
function blockFoldIn(models: readonly MatrixFactorization[], { blocks, users }: JoinedBlocks): BlockFoldIn {
  const startOf = (name: string) => blocks.find((block) => block.name === name)!.start;
  const parts: FoldInPart[] = [
    { kind: 'vector', model: 0, start: startOf('ratings'), scale: 1 },
    { kind: 'one', model: 0, start: startOf('bias'), scale: 1 },
    { kind: 'one', model: 0, start: startOf('popularity'), scale: 1 },
    { kind: 'bias', model: 0, start: startOf('user bias'), scale: 1 },
  ];
  let start = startOf('more ratings');
  for (let model = 1; model < SEEDS; model++) {
    const scale = 1 / Math.sqrt(SEEDS - 1);
    parts.push({ kind: 'vector', model, start, scale });
    start += models[model]!.items.size;
    parts.push({ kind: 'one', model, start, scale });
    start += 1;
  }
  if (models.length > SEEDS) start = startOf('likes');
  for (let model = SEEDS; model < models.length; model++) {
    parts.push({ kind: 'vector', model, start, scale: 1 / Math.sqrt(SEEDS) });
    start += models[model]!.items.size;
  }
  return new BlockFoldIn({ models, parts, size: users.size });
}
