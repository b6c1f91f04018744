import type { Random } from '@rl-recsys/random';
import type { Fingerprint } from '@rl-recsys/rating-log';
import { createEmbeddingTable } from '../embedding-table.js';
import { groupBothWays, type Interactions } from './grouped-ratings.js';
import { KernelMemory } from '../memory/kernel-memory.js';
import { LeastSquares, type Groups, type Side } from './least-squares.js';
import type { FoldInRule, MatrixFactorization } from '../matrix-factorization.js';
import type { EpochFitter } from './validation.js';

interface AlternatingOptions {
  readonly random: Random;
  readonly factors: number;
  /** What is minimized. */
  readonly rule: FoldInRule;
  readonly mean: number;
  /** The deviation of the items' starting numbers. */
  readonly startDeviation: number;
  /** What the model will say that it has seen. */
  readonly fittedOn: Fingerprint;
}

/**
 * Alternating least squares in float32: the users' vectors and biases with the items' fixed, then the
 * other way round. A WebAssembly memory holds all of it.
 */
export class AlternatingLeastSquares implements EpochFitter {
  private readonly memory = new KernelMemory('log');
  private readonly squares: LeastSquares;
  private readonly byUser: Groups;
  private readonly byItem: Groups;
  private readonly users: Side;
  private readonly items: Side;

  constructor(
    log: Interactions,
    private readonly options: AlternatingOptions,
  ) {
    const { memory } = this;
    const { random, factors, rule, mean, startDeviation } = options;
    this.squares = new LeastSquares(memory, factors, rule, mean);
    this.users = this.squares.allocateSide(log.userCount); // solved first: where they start does not matter
    this.items = this.squares.allocateSide(log.itemCount);
    ({ byUser: this.byUser, byItem: this.byItem } = groupBothWays(memory, log));
    const start = random.fork('items');
    const vectors = memory.floats(this.items.vectors, log.itemCount * factors);
    for (let place = 0; place < vectors.length; place++) vectors[place] = startDeviation * start.normal();
  }

  /** A sweep over all users and all items. */
  advance(): void {
    this.solveUsers();
    this.solveItems();
  }

  /** The users' vectors, given the items'. */
  solveUsers(): void {
    this.squares.fixPartners(this.items);
    this.squares.solve(this.byUser, this.users, 'user');
  }

  /** The items' vectors, given the users'. */
  solveItems(): void {
    this.squares.fixPartners(this.users);
    this.squares.solve(this.byItem, this.items, 'item');
  }

  model(): MatrixFactorization {
    const { mean, fittedOn, rule } = this.options;
    return {
      mean,
      userBias: this.biasesOf(this.users),
      itemBias: this.biasesOf(this.items),
      users: this.tableOf(this.users),
      items: this.tableOf(this.items),
      fittedOn,
      foldIn: rule,
    };
  }

  private biasesOf({ rows, biases }: Side): Float32Array {
    return biases === 0 ? new Float32Array(rows) : this.memory.floats(biases, rows).slice();
  }

  private tableOf({ rows, vectors }: Side) {
    const { factors } = this.options;
    return createEmbeddingTable(this.memory.floats(vectors, rows * factors).slice(), factors);
  }
}
