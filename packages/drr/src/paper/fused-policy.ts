import { Lifetime } from '@rl-recsys/agent';
import { DenseStackBuffers, type DenseLayer, type FastKernels } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { copyUsers, copyVectors, type EmbeddingTables, type Histories } from '../tables.js';
import { writeRows, type UploadedTables } from '../uploaded-tables.js';

/** DRR-ave and the layers of an actor. */
export interface FusedPolicyModels {
  /** w `[n]` */
  readonly weights: tf.Variable;
  readonly actor: readonly DenseLayer[];
}

/** π(f(s)) for some users at once, on addresses; the models' variables are read where they are. */
export class FusedPolicy {
  private readonly userRows: number;
  private readonly itemRows: number;
  private readonly mask: number;
  /** Room for the vectors of a batch, where the tables are not uploaded. */
  private readonly vectors: { readonly users: number; readonly items: number } | undefined;
  private readonly states: number;
  private readonly actor: DenseStackBuffers;
  private readonly lifetime = new Lifetime('a policy by hand');

  /**
   * @param capacity - how many users there is room for.
   * @param uploaded - the tables on the backend; without them vectors are copied for each batch.
   */
  constructor(
    readonly fast: FastKernels,
    private readonly tables: EmbeddingTables,
    private readonly models: FusedPolicyModels,
    readonly capacity: number,
    private readonly uploaded?: UploadedTables,
  ) {
    const { size } = tables.items;
    const n = models.weights.size;
    this.userRows = fast.allocate(capacity);
    this.itemRows = fast.allocate(capacity * n);
    this.mask = fast.allocate(capacity * n);
    this.states = fast.allocate(capacity * 3 * size);
    this.actor = new DenseStackBuffers(fast, models.actor, capacity, { learns: false });
    if (uploaded) return;
    this.vectors = { users: fast.allocate(capacity * size), items: fast.allocate(capacity * n * size) };
    // Vectors are copied next to each other: row i is the i-th.
    fast.integers(this.userRows, capacity).set(Int32Array.from({ length: capacity }, (_, row) => row));
    fast
      .integers(this.itemRows, capacity * n)
      .set(Int32Array.from({ length: capacity * n }, (_, row) => row));
  }

  /** The actions `[batch, k]` for checked histories, at most as many as there is room for. */
  act(histories: Histories): Float32Array {
    this.lifetime.assertOpen('act');
    const { fast, userRows, itemRows, mask, states } = this;
    const { size } = this.tables.items;
    const batch = histories.user.length;
    const n = this.models.weights.size;
    const { users, items } = this.place(histories, batch * n);
    const weights = fast.addressOf(this.models.weights);
    fast.exports.pooledState(users, userRows, items, itemRows, mask, weights, states, batch, n, size);
    const action = this.actor.forward(states, batch);
    return fast.floats(action, batch * size).slice();
  }

  /** Gives all room back; safe to call twice, when it may be somebody else's. */
  free(): void {
    if (!this.lifetime.end()) return;
    const { users, items } = this.vectors ?? {};
    for (const address of [this.userRows, this.itemRows, this.mask, this.states, users, items])
      if (address !== undefined) this.fast.free(address);
    this.actor.free();
  }

  /** Says which rows of which tables are meant, and gives the tables' addresses. */
  private place(histories: Histories, count: number): { users: number; items: number } {
    const { fast, tables, uploaded, vectors } = this;
    const mask = fast.floats(this.mask, count);
    if (uploaded) {
      fast.integers(this.userRows, histories.user.length).set(histories.user);
      writeRows(histories, fast.integers(this.itemRows, count), mask);
      return { users: fast.addressOf(uploaded.users), items: fast.addressOf(uploaded.items) };
    }
    const { size } = tables.items;
    const users = fast.floats(vectors!.users, histories.user.length * size);
    copyUsers(tables.users, histories.user, users);
    copyVectors(tables.items, histories.history, fast.floats(vectors!.items, count * size), mask);
    return vectors!;
  }
}
