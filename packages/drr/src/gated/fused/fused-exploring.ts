import { Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import { assertRewardedHistories } from '../../residual/observed.js';
import type { MomentHistories } from '../pool-tensors.js';
import type { GatedUpdateParts } from '../update-parts.js';
import { FusedBlockActor } from './fused-block-actor.js';
import { FusedMoments } from './fused-moments.js';
import { FusedOffers } from './fused-offers.js';
import { FusedPreferences } from './fused-preferences.js';

/** What the learning actor gives candidates of as many moments at once as there are sessions, on addresses. */
export class FusedExploring {
  private readonly room: Room;
  private readonly moments: FusedMoments;
  private readonly offers: FusedOffers;
  private readonly actor: FusedBlockActor;
  private readonly preferences: FusedPreferences;

  /** @param parts - the states of its networks are made of sums. */
  constructor(
    /** The kernels that it runs on. */
    readonly fast: FastKernels,
    private readonly parts: GatedUpdateParts,
    /** How many moments there is room for. */
    readonly capacity: number,
  ) {
    const { tensors, online, historySize, candidateCount: count } = parts;
    const { users, summaries, items, standardItems } = tensors;
    const room = new Room(fast);
    this.room = room;
    this.moments = new FusedMoments(room, { users, summaries, historySize, capacity });
    this.offers = new FusedOffers(room, tensors, { capacity, count });
    this.actor = new FusedBlockActor(room, online.actor, { items, historySize, capacity, learns: false });
    this.preferences = new FusedPreferences(room, { standardItems, capacity, count });
  }

  /**
   * The scores of what is offered, brought to one spread: float32 `[moments · candidates]`.
   *
   * @param rows - int32 `[moments · candidates]` of the pools, −1 where there is none.
   * @throws RangeError where an index is in no table.
   */
  scores(histories: MomentHistories, rows: Int32Array): Float32Array {
    const { tensors, historySize } = this.parts;
    assertRewardedHistories(tensors.tables, histories, historySize);
    this.moments.write(histories);
    this.offers.write(rows);
    this.actor.forward(this.moments);
    return this.fast.floats(this.preferences.spread(this.actor, this.offers), rows.length).slice();
  }

  /** Gives all room back; the actor stays. Safe to call twice. */
  free(): void {
    this.actor.free();
    this.room.free();
  }
}
