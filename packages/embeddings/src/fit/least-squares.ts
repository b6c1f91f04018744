import { instantiateAlsKernels, type AlsKernels } from '../memory/als-kernels.js';
import type { KernelMemory } from '../memory/kernel-memory.js';
import type { FoldInRule } from '../matrix-factorization.js';

/** Vectors and biases of users or of items, as addresses. */
export interface Side {
  readonly rows: number;
  /** float32 `[rows, size]` */
  readonly vectors: number;
  /** float32 `[rows]`, or 0 where there are none. */
  readonly biases: number;
}

/** For each row of a side its ratings, as addresses. */
export interface Groups {
  /** int32 `[rows]`: row r's ratings are those from `starts[r]` to `ends[r] - 1`. */
  readonly starts: number;
  readonly ends: number;
  /** int32 `[ratings]`: the other side's row of each. */
  readonly partners: number;
  /** float32 `[ratings]`, or 0 where each is a like. */
  readonly ratings: number;
}

/** Bytes of features that are gathered at once: with the matrix they stay in the first cache. */
const BLOCK_BYTES = 24_576;

/**
 * The ridge regressions of alternating least squares: of each row's ratings on its partners' vectors.
 *
 * Ratings are regressed on `[q, 1]`, without the 1 where there are no biases. For likes it is equation 4
 * of "Collaborative filtering for implicit feedback datasets", Hu, Koren and Volinsky 2008, whose sum over
 * all partners is the Gram matrix of their vectors, made once, plus α times a sum over the liked ones. For iALS that
 * matrix counts α₀ times, the sum over the liked ones once, and the penalty is each row's own: section 3 of "Revisiting
 * the performance of iALS on item recommendation benchmarks", Rendle et al. 2021.
 */
export class LeastSquares {
  private readonly kernels: AlsKernels;
  private readonly width: number;
  private readonly capacity: number;
  private readonly base: number;
  private readonly gram: number;
  private readonly features: number;
  private readonly edge: number;
  private partners: Side | undefined;

  constructor(
    private readonly memory: KernelMemory,
    private readonly size: number,
    private readonly rule: FoldInRule,
    private readonly mean: number,
  ) {
    const unknowns = this.hasBiases ? size + 1 : size;
    this.width = 16 * Math.ceil((unknowns + 1) / 4); // with the target
    const stride = this.width + 16;
    this.capacity = Math.max(4, Math.floor(BLOCK_BYTES / stride));
    const matrix = (this.width / 4) * stride;
    this.edge = memory.allocate(160 + this.width);
    this.base = memory.allocate(matrix);
    this.gram = memory.allocate(matrix);
    this.features = memory.allocate(this.capacity * stride);
    this.kernels = instantiateAlsKernels(memory);
  }

  get hasBiases(): boolean {
    return this.rule.kind === 'ratings' && this.rule.biasRegularization !== null;
  }

  /** Room for vectors, and for biases where there are any: zeros. */
  allocateSide(rows: number): Side {
    const { memory, size } = this;
    const vectors = memory.allocate(4 * rows * size);
    const biases = this.hasBiases ? memory.allocate(4 * rows) : 0;
    memory.floats(vectors, rows * size).fill(0);
    if (biases !== 0) memory.floats(biases, rows).fill(0);
    return { rows, vectors, biases };
  }

  /** Sets whose vectors are regressed on, as they are now. */
  fixPartners(partners: Side): void {
    const { kernels, memory, rule, size, width } = this;
    this.partners = partners;
    const stride = width / 4 + 4;
    const base = memory.floats(this.base, (width / 4) * stride);
    base.fill(0);
    // With iALS a row's penalty depends on its likes: `solve` adds it.
    if (rule.kind !== 'ials') for (let k = 0; k < size; k++) base[k * stride + k] = rule.regularization;
    if (rule.kind === 'ratings') {
      if (rule.biasRegularization !== null) base[size * stride + size] = rule.biasRegularization;
      return;
    }
    // prettier-ignore
    kernels.addTableGram(
      partners.vectors, partners.rows, size, this.base, this.features, this.capacity, this.edge, width,
    );
    if (rule.kind !== 'ials') return;
    for (let place = 0; place < base.length; place++) base[place]! *= rule.unobservedWeight;
  }

  /**
   * Solves all rows of `own`.
   *
   * @param name - what a row is, for the error.
   * @throws RangeError where the penalty is too small to make a row's equations positive definite.
   */
  solve(groups: Groups, own: Side, name: string): void {
    this.memory.whileAllocated(() => this.solveWith(this.penaltiesOf(groups, own), groups, own, name));
  }

  /** The address of float32 `[rows]`, λ (n + α₀ m)^ν of each row's n likes and m partners; 0 where all have the same. */
  private penaltiesOf({ starts, ends }: Groups, { rows }: Side): number {
    const { memory, rule } = this;
    if (rule.kind !== 'ials') return 0;
    const address = memory.allocate(4 * rows);
    const [first, last] = [memory.integers(starts, rows), memory.integers(ends, rows)];
    const unobserved = rule.unobservedWeight * this.partners!.rows;
    const penalties = memory.floats(address, rows);
    for (let row = 0; row < rows; row++) {
      penalties[row] = rule.regularization * (last[row]! - first[row]! + unobserved) ** rule.exponent;
    }
    return address;
  }

  private solveWith(penalties: number, groups: Groups, own: Side, name: string): void {
    const { rule, size, width } = this;
    const { vectors, biases } = this.partners!;
    // With features √α q and targets (1 + α) / √α: their products are α q qᵀ and (1 + α) q.
    const scale = rule.kind === 'likes' ? Math.sqrt(rule.confidence) : 1;
    const likes = rule.kind === 'likes' ? (1 + rule.confidence) / scale : 1;
    const shift = rule.kind === 'ratings' ? -this.mean : likes;
    // prettier-ignore
    const failed = this.kernels.solveRows(
      groups.starts, groups.ends, own.rows, groups.partners, groups.ratings, vectors, biases, size,
      scale, shift, this.base, penalties, this.gram, this.features, this.capacity, this.edge, width,
      own.vectors, own.biases,
    );
    if (failed >= 0) {
      throw new RangeError(
        `regularization: expected penalties that float32 sees beside the ratings of ${name} ${failed}, got ` +
          JSON.stringify(rule),
      );
    }
  }
}
