import type { BlockPlace } from '@rl-recsys/embeddings';
import { Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import type { RewardedHistories } from '../../histories.js';
import type { ActorNetwork } from '../actor-network.js';
import type { SharedTensors } from '../shared-tensors.js';
import { fuseBlocks } from './fuse.js';
import { FusedActor } from './fused-actor.js';
import { FusedHistories } from './fused-histories.js';

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

/** π(s) of an actor for any number of histories, on addresses. */
export class FusedActing {
  private readonly room: Room;
  private readonly histories: FusedHistories;
  private readonly actor: FusedActor;

  constructor(
    /** The kernels that it runs on. */
    readonly fast: FastKernels,
    { actor, shared, blocks, historySize }: FusedActingOptions,
  ) {
    const { users, items } = shared;
    const sizes = { historySize, capacity: CAPACITY };
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

  /** Gives all room back; the actor stays. Safe to call twice. */
  free(): void {
    this.actor.free();
    this.room.free();
  }
}
