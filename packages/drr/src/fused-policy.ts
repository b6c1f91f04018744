import { DenseStackBuffers, type DenseLayer, type FastKernels } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { copyVectors, type EmbeddingTables, type Histories } from './look-up.js';

/** DRR-ave and the layers of an actor. */
export interface FusedPolicyModels {
  /** w `[n]` */
  readonly weights: tf.Variable;
  readonly actor: readonly DenseLayer[];
}

/** π(f(s)) for some users at once, on addresses; the models' variables are read where they are. */
export class FusedPolicy {
  private readonly users: number;
  private readonly items: number;
  private readonly mask: number;
  private readonly rows: number;
  private readonly states: number;
  private readonly actor: DenseStackBuffers;

  /** @param capacity - how many users there is room for. */
  constructor(
    readonly fast: FastKernels,
    private readonly tables: EmbeddingTables,
    private readonly models: FusedPolicyModels,
    readonly capacity: number,
  ) {
    const { size } = tables.items;
    const n = models.weights.size;
    this.users = fast.allocate(capacity * size);
    this.items = fast.allocate(capacity * n * size);
    this.mask = fast.allocate(capacity * n);
    this.rows = fast.allocate(capacity * n);
    this.states = fast.allocate(capacity * 3 * size);
    this.actor = new DenseStackBuffers(fast, models.actor, capacity, { learns: false });
    // Vectors are copied next to each other: row i is the i-th.
    const rows = fast.integers(this.rows, capacity * n);
    for (let row = 0; row < rows.length; row++) rows[row] = row;
  }

  /** The actions `[batch, k]` for checked histories, at most as many as there is room for. */
  act(histories: Histories): Float32Array {
    const { fast } = this;
    const { size } = this.tables.items;
    const batch = histories.user.length;
    const n = this.models.weights.size;
    copyVectors(
      this.tables,
      histories,
      fast.floats(this.users, batch * size),
      fast.floats(this.items, batch * n * size),
      fast.floats(this.mask, batch * n),
    );
    const weights = fast.addressOf(this.models.weights);
    const { users, items, rows, mask, states } = this;
    fast.exports.pooledState(users, rows, items, rows, mask, weights, states, batch, n, size);
    const action = this.actor.forward(states, batch);
    return fast.floats(action, batch * size).slice();
  }

  free(): void {
    for (const address of [this.users, this.items, this.mask, this.rows, this.states])
      this.fast.free(address);
    this.actor.free();
  }
}
