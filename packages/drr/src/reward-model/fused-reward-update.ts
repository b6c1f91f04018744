import type { Adam } from '@rl-recsys/agent';
import type { BlockPlace } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import { Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import { fuseBlocks } from '../residual/fused/fuse.js';
import { FusedCritic } from '../residual/fused/fused-critic.js';
import { FusedHistories } from '../residual/fused/fused-histories.js';
import type { ItemCritic } from '../residual/item-critic.js';
import type { SharedTensors } from '../residual/shared-tensors.js';
import type { RewardBatch } from './transition-fields.js';

/** What an update of a reward model reads and changes, whichever way it is computed. */
export interface RewardParts {
  readonly shared: SharedTensors;
  readonly network: ItemCritic;
  readonly blocks: readonly BlockPlace[];
  /** n */
  readonly historySize: number;
  readonly optimizer: Adam;
  /** What dropout draws from. */
  readonly masks: Random;
}

/** The update of a `RewardModel` written by hand, as `FusedUpdate` is: in room that is reserved once, without a tensor. */
export class FusedRewardUpdate {
  private readonly room: Room;
  private readonly seen: FusedHistories;
  private readonly critic: FusedCritic;
  private readonly gradients: readonly number[];
  /** int32 `[batch]`: the item of each row. */
  private readonly shown: number;
  /** `[batch]` */
  private readonly valueGradient: number;

  /** @param parts - of a network that `canFuse` accepts. */
  constructor(
    /** The kernels that it runs on. */
    readonly fast: FastKernels,
    private readonly parts: RewardParts,
    /** How many transitions a batch has. */
    readonly batchSize: number,
  ) {
    const { network, shared, blocks, historySize, optimizer } = parts;
    const sizes = { items: shared.items, historySize, capacity: batchSize };
    this.room = new Room(fast);
    this.seen = new FusedHistories(this.room, { ...sizes, users: shared.users });
    this.critic = new FusedCritic(this.room, network, fuseBlocks(this.room, blocks), {
      ...sizes,
      learns: true,
    });
    this.gradients = optimizer.variables.map((variable) => this.critic.gradients.get(variable)!);
    this.shown = this.room.take(batchSize);
    this.valueGradient = this.room.take(batchSize);
  }

  /** One update with a batch that was checked. */
  learn({ columns, weights }: RewardBatch): { loss: number } {
    const { fast, seen, shown, critic, valueGradient, batchSize } = this;
    const { optimizer, masks } = this.parts;
    const { item, reward } = columns;
    seen.write(columns);
    fast.integers(shown, batchSize).set(item);
    const values = fast.floats(critic.forward(seen, shown, masks), batchSize);
    const gradient = fast.floats(valueGradient, batchSize);
    let loss = 0;
    for (let row = 0; row < batchSize; row++) {
      const error = Math.fround(reward[row]! - values[row]!);
      const weighted = weights[row]! * error;
      loss += (weighted * error) / batchSize;
      gradient[row] = (-2 * weighted) / batchSize;
    }
    critic.backward(valueGradient);
    optimizer.applyAt(fast, this.gradients, 1);
    return { loss: Math.fround(loss) }; // which autograd's is, too
  }

  /** Gives all room back; the network stays. Safe to call twice. */
  free(): void {
    this.critic.free();
    this.room.free();
  }
}
