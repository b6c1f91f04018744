import { softUpdate, type Adam, type LearnResult } from '@rl-recsys/agent';
import { Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import { criticErrors } from '../../residual/fused/critic-errors.js';
import { assertRewardedHistories } from '../../residual/observed.js';
import type { MomentHistories } from '../pool-tensors.js';
import { isActorsTurn, shownRows, type GatedBatch, type GatedUpdateParts } from '../update-parts.js';
import { FusedBlockActor } from './fused-block-actor.js';
import { FusedBlockCritic } from './fused-block-critic.js';
import { FusedBlockValues } from './fused-block-values.js';
import { FusedMoments } from './fused-moments.js';
import { FusedOffers } from './fused-offers.js';
import { FusedPreferences } from './fused-preferences.js';

/**
 * The update of `updateByAutograd`, written by hand over the same variables, optimizers and masks: the same arithmetic in room that
 * is reserved once, without a tensor or a tape.
 */
export class FusedUpdate {
  private readonly room: Room;
  private readonly moments: FusedMoments;
  private readonly offers: FusedOffers;
  /** One a row. */
  private readonly shown: FusedOffers;
  private readonly preferences: FusedPreferences;
  private readonly actor: FusedBlockActor;
  private readonly critics: readonly FusedBlockCritic[];
  private readonly values: readonly FusedBlockValues[];
  private readonly averagedActor: FusedBlockActor;
  private readonly averagedCritics: readonly FusedBlockCritic[];
  private readonly actorGradients: readonly number[];
  private readonly criticGradients: readonly number[];
  /** `[batch]` */
  private readonly valueGradient: number;
  private readonly losses: number;
  private readonly deviations: number;
  /** `[batch, candidates]` */
  private readonly worth: number;
  private readonly preferencesGradient: number;

  /** @param parts - the states of its networks are made of sums. */
  constructor(
    /** The kernels that it runs on. */
    readonly fast: FastKernels,
    private readonly parts: GatedUpdateParts,
    /** How many transitions a batch has. */
    readonly batchSize: number,
  ) {
    const { tensors, online, averaged, historySize, candidateCount: count } = parts;
    const { users, summaries, items, standardItems } = tensors;
    const room = new Room(fast);
    const sizes = { items, historySize, capacity: batchSize };
    const candidates = { capacity: batchSize, count };
    this.room = room;
    this.moments = new FusedMoments(room, { users, summaries, historySize, capacity: batchSize });
    this.offers = new FusedOffers(room, tensors, candidates);
    this.shown = new FusedOffers(room, tensors, { ...candidates, count: 1 });
    this.preferences = new FusedPreferences(room, { ...candidates, standardItems });
    this.actor = new FusedBlockActor(room, online.actor, { ...sizes, learns: true });
    this.averagedActor = new FusedBlockActor(room, averaged.actor, { ...sizes, learns: false });
    const criticsOf = ({ critics }: typeof online, learns: boolean) =>
      critics.map((critic) => new FusedBlockCritic(room, critic, { ...sizes, learns }));
    this.critics = criticsOf(online, true);
    this.averagedCritics = criticsOf(averaged, false);
    this.values = this.critics.map((critic) => new FusedBlockValues(room, critic, candidates));
    [this.valueGradient, this.losses, this.deviations] = [1, 2, 3].map(() => room.take(batchSize)) as [
      number,
      number,
      number,
    ];
    this.worth = room.take(batchSize * count);
    this.preferencesGradient = room.take(batchSize * count);
    const gradients = new Map([
      ...this.actor.gradients,
      ...this.critics.flatMap((critic) => [...critic.gradients]),
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
  learn({ columns, weights }: GatedBatch): LearnResult {
    const { parts } = this;
    this.assertHistories(columns);
    this.offers.write(columns.candidates);
    const target = this.target(columns);
    this.moments.write(columns);
    this.shown.write(shownRows(columns));
    const { criticLoss, tdErrors } = this.updateCritics(target, weights);
    if (!isActorsTurn(parts)) return { figures: { criticLoss, actorLoss: undefined }, tdErrors };
    const actorLoss = this.updateActor();
    softUpdate(parts.averaged.variables, parts.online.variables, parts.tau);
    return { figures: { criticLoss, actorLoss }, tdErrors };
  }

  /** Gives all room back; the networks stay. Safe to call twice. */
  free(): void {
    for (const part of [this.actor, this.averagedActor, ...this.critics, ...this.averagedCritics])
      part.free();
    this.room.free();
  }

  /** y = r + discount · min Q'(s', x'), where x' is what the averaged actor would show next of what is left: r where that is nothing. */
  private target(columns: GatedBatch['columns']): Float32Array {
    const { user, kind, reward, discount, nextHistory, nextRewards, candidates, shown } = columns;
    const target = reward.slice();
    if (discount.every((each) => each === 0)) return target;
    const { fast, moments, offers, batchSize, averagedActor } = this;
    const next = { user, kind, history: nextHistory, rewards: nextRewards };
    this.assertHistories(next);
    moments.write(next);
    averagedActor.forward(moments);
    const preferences = this.preferences.scores(averagedActor, offers);
    const { count } = offers;
    const scores = fast.floats(preferences, batchSize * count);
    const there = fast.floats(offers.mask, batchSize * count);
    const isLeft = (row: number, place: number) => place !== shown[row] && there[row * count + place] !== 0;
    // Where nothing is left, any row will do: its value is not looked at.
    const best = Int32Array.from(shown, (_, row) => {
      let highest = -1;
      for (let place = 0; place < count; place++) {
        if (!isLeft(row, place)) continue;
        if (highest < 0 || scores[row * count + place]! > scores[row * count + highest]!) highest = place;
      }
      return highest;
    });
    this.shown.write(best.map((place, row) => candidates[row * count + (place < 0 ? shown[row]! : place)]!));
    const [first, second] = this.averagedCritics
      .map((critic) => critic.forward(moments, this.shown))
      .map((values) => fast.floats(values, batchSize));
    for (let row = 0; row < batchSize; row++)
      if (best[row]! >= 0) target[row]! += discount[row]! * Math.min(first![row]!, second![row]!);
    return target;
  }

  /** Σ over the critics of (1 / batch) Σ w (y − Q)², and one step against its gradients. */
  private updateCritics(target: Float32Array, weights: Float32Array) {
    const { fast, moments, shown, valueGradient } = this;
    const { criticOptimizer, masks } = this.parts;
    let criticLoss = 0;
    let tdErrors: Float32Array | undefined;
    for (const critic of this.critics) {
      const places = { values: critic.forward(moments, shown, masks), gradient: valueGradient };
      const { errors, loss } = criticErrors(fast, places, target, weights);
      criticLoss += loss;
      tdErrors ??= errors;
      critic.backward(valueGradient);
    }
    criticOptimizer.applyAt(fast, this.criticGradients, 1);
    return { criticLoss, tdErrors: tdErrors! };
  }

  /** −(1 / batch) Σ π(x | s) Q(s, x) with Q as the critics are now, and one step of the actor against its gradients. */
  private updateActor(): number {
    const { fast, moments, offers, preferences, actor, batchSize, worth, preferencesGradient, losses } = this;
    const { actorOptimizer, masks, temperature } = this.parts;
    this.writeWorth();
    actor.forward(moments, masks);
    const given = preferences.spread(actor, offers);
    fast.exports.softmaxPolicyLoss(
      ...([given, worth, preferencesGradient, losses] as const),
      ...([batchSize, offers.count, temperature] as const),
    );
    const loss = fast.floats(losses, batchSize).reduce((sum, each) => sum + each, 0) / batchSize;
    preferences.backward(actor, offers, preferencesGradient);
    actor.backward();
    actorOptimizer.applyAt(fast, this.actorGradients, 1);
    return loss;
  }

  /** The lower of what two critics say of each candidate, to one spread for each user: else those who like much would be all that matters. */
  private writeWorth(): void {
    const { fast, moments, offers, worth, batchSize } = this;
    const length = batchSize * offers.count;
    const addresses = this.values.map((values) => values.forward(moments, offers));
    const [first, second] = addresses.map((address) => fast.floats(address, length));
    const lower = fast.floats(worth, length);
    for (let place = 0; place < length; place++) lower[place] = Math.min(first![place]!, second![place]!);
    fast.exports.spreadScores(worth, offers.mask, this.deviations, batchSize, offers.count);
    const there = fast.floats(offers.mask, length);
    for (let place = 0; place < length; place++) lower[place]! *= there[place]!;
  }

  private assertHistories(moments: MomentHistories): void {
    const { tensors, historySize } = this.parts;
    assertRewardedHistories(tensors.tables, moments, historySize);
  }
}
