import { softUpdate, type Adam } from '@rl-recsys/agent';
import { NO_ITEM } from '@rl-recsys/environment';
import { Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import type { RewardedHistories } from '../../histories.js';
import type { ResidualNetworks } from '../networks.js';
import { assertRewardedHistories } from '../observed.js';
import {
  isActorsTurn,
  type ResidualBatch,
  type ResidualLearnResult,
  type UpdateParts,
} from '../update-parts.js';
import { criticErrors } from './critic-errors.js';
import { fuseBlocks, type FusedBlocks } from './fuse.js';
import { FusedActor } from './fused-actor.js';
import { FusedCandidateValues } from './fused-candidate-values.js';
import { FusedCandidates } from './fused-candidates.js';
import { FusedCritic } from './fused-critic.js';
import { FusedHistories } from './fused-histories.js';
import type { FusedSizes } from './fused-features.js';

/**
 * The update of `updateByAutograd`, written by hand over the same variables, optimizers and masks: the same arithmetic in room that
 * is reserved once, without a tensor, a tape or a copy.
 */
export class FusedUpdate {
  private readonly room: Room;
  private readonly seen: FusedHistories;
  private readonly next: FusedHistories;
  private readonly candidates: FusedCandidates;
  private readonly online: FusedNetworks;
  private readonly averaged: FusedNetworks;
  private readonly values: readonly FusedCandidateValues[];
  private readonly actorGradients: readonly number[];
  private readonly criticGradients: readonly number[];
  /** int32 `[batch]`: the item of each row that critics value. */
  private readonly shown: number;
  /** `[batch]` */
  private readonly valueGradient: number;

  /** @param parts - what `canFuse` accepts. */
  constructor(
    /** The kernels that it runs on. */
    readonly fast: FastKernels,
    private readonly parts: UpdateParts,
    /** How many transitions a batch has. */
    readonly batchSize: number,
  ) {
    const { online, averaged, shared, historySize, candidateCount: count } = parts;
    const room = new Room(fast);
    const sizes = { items: shared.items, historySize, capacity: batchSize };
    this.room = room;
    this.seen = new FusedHistories(room, { ...sizes, users: shared.users });
    this.next = new FusedHistories(room, { ...sizes, users: shared.users });
    this.candidates = new FusedCandidates(room, { items: shared.items, batch: batchSize, count });
    this.shown = room.take(batchSize);
    this.valueGradient = room.take(batchSize);
    const blocks = fuseBlocks(room, parts.blocks);
    this.online = fuseNetworks(room, online, blocks, { ...sizes, learns: true });
    this.averaged = fuseNetworks(room, averaged, blocks, { ...sizes, learns: false });
    const places = { batch: batchSize, count, k: shared.items.shape[1] };
    this.values = this.online.critics.map(
      (critic, place) => new FusedCandidateValues(room, critic, online.critics[place]!, blocks, places),
    );
    const gradients = new Map([
      ...this.online.actor.gradients,
      ...this.online.critics.flatMap((critic) => [...critic.gradients]),
    ]);
    const inOrder = ({ variables }: Adam) => variables.map((variable) => gradients.get(variable)!);
    this.actorGradients = inOrder(parts.actorOptimizer);
    this.criticGradients = inOrder(parts.criticOptimizer);
  }

  /**
   * One update of the critics and, where it is its turn, of the actor.
   *
   * @throws RangeError where an index is in no table; nothing has changed then.
   */
  learn({ columns, weights }: ResidualBatch): ResidualLearnResult {
    const { parts, fast } = this;
    const { user, history, rewards, candidates, item } = columns;
    const seen = { user, history, rewards };
    this.assertHistories(seen);
    const target = this.target(columns);
    this.seen.write(seen);
    fast.integers(this.shown, item.length).set(item);
    const { criticLoss, tdErrors } = this.updateCritics(target, weights);
    if (!isActorsTurn(parts)) return { figures: { criticLoss, actorLoss: undefined }, tdErrors };
    const actorLoss = this.updateActor(candidates);
    softUpdate(parts.averaged.variables, parts.online.variables, parts.tau);
    return { figures: { criticLoss, actorLoss }, tdErrors };
  }

  /** Gives all room back; the networks stay. Safe to call twice. */
  free(): void {
    const { actor, critics } = this.online;
    for (const part of [actor, ...critics, this.averaged.actor, ...this.averaged.critics, ...this.values])
      part.free();
    this.room.free();
  }

  /** y = r + discount · min Q'(s', x'), where x' is what the averaged actor would show next: r where that is nothing. */
  private target({
    user,
    reward,
    discount,
    nextHistory,
    nextRewards,
    nextCandidates,
  }: ResidualBatch['columns']): Float32Array {
    const target = reward.slice();
    if (discount.every((each) => each === 0)) return target;
    const { averaged, next, fast, shown, batchSize } = this;
    const after = { user, history: nextHistory, rewards: nextRewards };
    this.assertHistories(after);
    next.write(after);
    this.candidates.write(nextCandidates);
    const best = this.candidates.best(averaged.actor.forward(next));
    const rows = fast.integers(shown, batchSize);
    for (let row = 0; row < batchSize; row++) rows[row] = Math.max(0, best[row]!);
    const addresses = averaged.critics.map((critic) => critic.forward(next, shown));
    const [first, second] = addresses.map((values) => fast.floats(values, batchSize));
    for (let row = 0; row < batchSize; row++) {
      if (best[row] !== NO_ITEM) target[row]! += discount[row]! * Math.min(first![row]!, second![row]!);
    }
    return target;
  }

  /** Σ over the critics of (1 / batch) Σ w (y − Q)², and one step against its gradients. */
  private updateCritics(target: Float32Array, weights: Float32Array) {
    const { fast, seen, shown, valueGradient } = this;
    const { criticOptimizer, masks } = this.parts;
    let criticLoss = 0;
    let tdErrors: Float32Array | undefined;
    for (const critic of this.online.critics) {
      const places = { values: critic.forward(seen, shown, masks), gradient: valueGradient };
      const { errors, loss } = criticErrors(fast, places, target, weights);
      criticLoss += loss;
      tdErrors ??= errors;
      critic.backward(valueGradient);
    }
    criticOptimizer.applyAt(fast, this.criticGradients, 1);
    return { criticLoss, tdErrors: tdErrors! };
  }

  /** −(1 / batch) Σ π(x | s) Q(s, x) with Q as the critics are now, and one step of the actor against its gradients. */
  private updateActor(stored: Int32Array): number {
    const { fast, seen, candidates } = this;
    const { actorOptimizer, masks, temperature } = this.parts;
    candidates.write(stored);
    const x = candidates.gatherVectors();
    const [first, second] = this.values.map((each) => each.forward(seen, x));
    candidates.average(first!, second!);
    const loss = candidates.policyLoss(this.online.actor.forward(seen, masks), temperature);
    this.online.actor.backward(candidates.actionGradient());
    actorOptimizer.applyAt(fast, this.actorGradients, 1);
    return loss;
  }

  private assertHistories(histories: RewardedHistories): void {
    const { shared, items, historySize } = this.parts;
    assertRewardedHistories({ users: { rows: shared.users.shape[0] }, items }, histories, historySize);
  }
}

interface FusedNetworks {
  readonly actor: FusedActor;
  readonly critics: readonly FusedCritic[];
}

function fuseNetworks(
  room: Room,
  { actor, critics }: ResidualNetworks,
  blocks: FusedBlocks,
  sizes: FusedSizes,
): FusedNetworks {
  return {
    actor: new FusedActor(room, actor, blocks, sizes),
    critics: critics.map((critic) => new FusedCritic(room, critic, blocks, sizes)),
  };
}
