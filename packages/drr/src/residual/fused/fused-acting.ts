import type { BlockPlace } from '@rl-recsys/embeddings';
import { Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { RewardedHistories } from '../../histories.js';
import type { ActorNetwork } from '../actor-network.js';
import type { SharedTensors } from '../shared-tensors.js';
import { fuseBlocks } from './fuse.js';
import { FusedActor } from './fused-actor.js';
import { FusedHistories } from './fused-histories.js';

/** Is given the scores of a state's candidates: they stand in `scores` from place `from` on. */
type TakeScores = (state: number, scores: Float32Array, from: number) => void;

/** What it is made from. */
export interface FusedActingOptions {
  /** What `canFuse` accepts; its variables are read where they are. */
  readonly actor: ActorNetwork;
  readonly shared: SharedTensors;
  readonly blocks: readonly BlockPlace[];
  /** n */
  readonly historySize: number;
}

/** How many are acted for at once. */
const CAPACITY = 256;

/** How many candidates are scored at once, if not all of one state: 2 MiB of them and their scores. */
const SCORED = 2 ** 18;

/** π(s) of an actor for any number of histories, on addresses. */
export class FusedActing {
  private readonly room: Room;
  private readonly histories: FusedHistories;
  private readonly actor: FusedActor;
  private readonly items: tf.Tensor2D;

  constructor(
    /** The kernels that it runs on. */
    readonly fast: FastKernels,
    { actor, shared, blocks, historySize }: FusedActingOptions,
  ) {
    const { users, items } = shared;
    const sizes = { historySize, capacity: CAPACITY };
    this.items = items;
    this.room = new Room(fast);
    this.histories = new FusedHistories(this.room, { ...sizes, users });
    const fused = fuseBlocks(this.room, blocks);
    this.actor = new FusedActor(this.room, actor, fused, { ...sizes, items, learns: false });
  }

  /** The actions `[batch, k]` for checked histories. */
  act(histories: RewardedHistories): Float32Array {
    const batch = histories.user.length;
    const k = this.actor.k;
    const actions = new Float32Array(batch * k);
    for (let from = 0; from < batch; from += CAPACITY) {
      const to = Math.min(batch, from + CAPACITY);
      this.histories.write(histories, from, to);
      actions.set(this.fast.floats(this.actor.forward(this.histories), (to - from) * k), from * k);
    }
    return actions;
  }

  /**
   * The scores of each state's candidates by its action, to the bit as `scoreItems` gives them.
   *
   * @param actions - `[states, k]`
   * @param candidates - for each state, rows of the items' table.
   * @param take - is given each state's in turn: from a place on, for the time of the call.
   */
  scoreEach(actions: Float32Array, candidates: readonly Int32Array[], take: TakeScores): void {
    const { fast, items } = this;
    const [table, size] = [fast.addressOf(items), items.shape[1]];
    for (let first = 0, end = 0; first < candidates.length; first = end) {
      let count = candidates[end++]!.length;
      while (end < candidates.length && count + candidates[end]!.length <= SCORED)
        count += candidates[end++]!.length;
      const actionsAt = fast.scratch(4 * (2 * count + actions.length));
      const rowsAt = actionsAt + 4 * actions.length;
      const scoresAt = rowsAt + 4 * count;
      fast.floats(actionsAt, actions.length).set(actions);
      const rows = fast.integers(rowsAt, count);
      for (let state = first, from = 0; state < end; from += candidates[state++]!.length)
        rows.set(candidates[state]!, from);
      for (let state = first, from = 0; state < end; from += candidates[state++]!.length) {
        const { length } = candidates[state]!;
        const action = actionsAt + 4 * size * state;
        fast.exports.itemScores(action, table, rowsAt + 4 * from, scoresAt + 4 * from, length, size);
      }
      const scores = fast.floats(scoresAt, count);
      for (let state = first, from = 0; state < end; from += candidates[state++]!.length)
        take(state, scores, from);
    }
  }

  /** Gives all room back; the actor stays. Safe to call twice. */
  free(): void {
    this.actor.free();
    this.room.free();
  }
}
