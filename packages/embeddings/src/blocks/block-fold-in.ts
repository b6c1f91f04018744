import type { SavedState } from '@rl-recsys/random';
import { createEmbeddingTable, type EmbeddingTable } from '../embedding-table.js';
import type { FoldInRule, MatrixFactorization } from '../matrix-factorization.js';
import type { Histories } from '../fit/histories.js';
import { UserFoldIn } from '../fit/user-fold-in.js';

/** What of a factorization finds another user's vector. */
export type FoldInModel = Pick<MatrixFactorization, 'items' | 'itemBias' | 'mean' | 'foldIn'>;

/** Where some dimensions of a joined user's vector come from. */
export interface FoldInPart {
  /** A model's vector, its user bias, or a 1 for everybody. */
  readonly kind: 'vector' | 'bias' | 'one';
  /** Which of the models; without a meaning for a 1. */
  readonly model: number;
  /** The first dimension. */
  readonly start: number;
  /** What the numbers are multiplied by. */
  readonly scale: number;
}

/** What a {@link BlockFoldIn} is made from. */
export interface BlockFoldInOptions {
  readonly models: readonly FoldInModel[];
  readonly parts: readonly FoldInPart[];
  /** How long a joined vector is; dimensions that no part names are 0. */
  readonly size: number;
}

/** A model as plain values. */
interface SavedModel {
  readonly items: Float32Array;
  readonly size: number;
  readonly itemBias: Float32Array;
  readonly mean: number;
  readonly foldIn: FoldInRule;
}

/**
 * Finds the joined vectors of users from what they have rated, as the blocks of a recommender have them: for users
 * who are new, and for what known users have rated since.
 */
export class BlockFoldIn {
  private folds: readonly UserFoldIn[] | undefined;

  constructor(private readonly options: BlockFoldInOptions) {}

  /** How long a vector is. */
  get size(): number {
    return this.options.size;
  }

  /**
   * The vectors `[histories, size]`.
   *
   * @throws RangeError where an item is unknown, a rating is not finite, or a stretch is none.
   */
  fold(histories: Histories): EmbeddingTable {
    const { models, parts, size } = this.options;
    this.folds ??= models.map((model) => new UserFoldIn(model));
    const folded = this.folds.map((fold) => fold.foldAll(histories));
    const rows = histories.starts.length;
    const joined = new Float32Array(rows * size);
    for (const { kind, model, start, scale } of parts) {
      const { vectors, biases } = folded[model] ?? {};
      for (let row = 0, to = start; row < rows; row++, to += size) {
        if (kind === 'one') joined[to] = scale;
        else if (kind === 'bias') joined[to] = scale * biases![row]!;
        else {
          const { size: factors, vectors: numbers } = vectors!;
          for (let k = 0; k < factors; k++) joined[to + k] = scale * numbers[row * factors + k]!;
        }
      }
    }
    return createEmbeddingTable(joined, size);
  }

  /** All of it as plain values, for {@link BlockFoldIn.fromState}. */
  state(): SavedState {
    const { models, parts, size } = this.options;
    const saved = models.map(({ items, itemBias, mean, foldIn }): SavedModel => ({
      ...{ items: items.vectors, size: items.size, itemBias, mean, foldIn },
    }));
    return { models: saved, parts, size } as unknown as SavedState;
  }

  /** @throws RangeError where a model's vectors don't fit their size. */
  static fromState(state: SavedState): BlockFoldIn {
    const { models, parts, size } = state as unknown as {
      readonly models: readonly SavedModel[];
      readonly parts: readonly FoldInPart[];
      readonly size: number;
    };
    return new BlockFoldIn({
      ...{ parts, size },
      models: models.map((model) => ({ ...model, items: createEmbeddingTable(model.items, model.size) })),
    });
  }
}
