import { NO_ITEM } from '@rl-recsys/environment';
import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';

/** The candidates of a batch on addresses: their scores, and the loss of the softmax over them. */
export class FusedCandidates {
  /** int32 `[batch, count]`, 0 where there is none. */
  private readonly rows: number;
  /** `[batch, count]`, like what follows: 1 at a candidate, 0 where there is none. */
  private readonly mask: number;
  private readonly scores: number;
  private readonly values: number;
  private readonly scoresGradient: number;
  /** `[count]` */
  private readonly ones: number;
  /** `[batch]` */
  private readonly losses: number;
  /** `[batch, k]` */
  private readonly actionsGradient: number;
  /** `[batch, count, k]` */
  private readonly vectors: number;
  private stored: Int32Array = new Int32Array(0);

  constructor(
    private readonly room: Room,
    private readonly sizes: { readonly items: tf.Tensor2D; readonly batch: number; readonly count: number },
  ) {
    const { items, batch, count } = sizes;
    const k = items.shape[1];
    this.rows = room.take(batch * count);
    this.mask = room.take(batch * count);
    this.scores = room.take(batch * count);
    this.values = room.take(batch * count);
    this.scoresGradient = room.take(batch * count);
    this.ones = room.hold(new Float32Array(count).fill(1));
    this.losses = room.take(batch);
    this.actionsGradient = room.take(batch * k);
    this.vectors = room.take(batch * count * k);
  }

  /** Takes candidates int32 `[batch · count]`, −1 where there is none. */
  write(candidates: Int32Array): void {
    const { fast } = this.room;
    const rows = fast.integers(this.rows, candidates.length);
    const mask = fast.floats(this.mask, candidates.length);
    for (let place = 0; place < candidates.length; place++) {
      const item = candidates[place]!;
      rows[place] = item === NO_ITEM ? 0 : item;
      mask[place] = item === NO_ITEM ? 0 : 1;
    }
    this.stored = candidates;
  }

  /** The candidate of each row that its action `[batch, k]` ranks first; −1 where there is none. */
  best(actions: number): Int32Array {
    const { batch, count } = this.sizes;
    const scores = this.score(actions);
    const best = new Int32Array(batch);
    for (let row = 0; row < batch; row++) {
      let highest = row * count;
      for (let place = highest + 1; place < (row + 1) * count; place++) {
        if (scores[place]! > scores[highest]!) highest = place;
      }
      best[row] = this.stored[highest]!;
    }
    return best;
  }

  /** The address of the vectors `[batch, count, k]`, those of item 0 where there is none. */
  gatherVectors(): number {
    const { fast } = this.room;
    const { items, batch, count } = this.sizes;
    const [table, k] = items.shape;
    const bytes = 4 * k;
    fast.exports.gather(fast.addressOf(items), table, this.rows, batch * count, bytes, this.vectors);
    return this.vectors;
  }

  /** Takes the mean of what two critics say `[batch, count]` as the candidates' values. */
  average(first: number, second: number): void {
    const { fast } = this.room;
    const length = this.sizes.batch * this.sizes.count;
    const [one, two] = [fast.floats(first, length), fast.floats(second, length)];
    const values = fast.floats(this.values, length);
    for (let place = 0; place < length; place++) values[place] = (one[place]! + two[place]!) / 2;
  }

  /** −(1 / batch) Σ π(x | s) Q(s, x), where π is the softmax of the scores that actions `[batch, k]` give. */
  policyLoss(actions: number, temperature: number): number {
    const { fast } = this.room;
    const { batch, count } = this.sizes;
    const { scores, values, scoresGradient, losses } = this;
    this.score(actions);
    fast.exports.softmaxPolicyLoss(scores, values, scoresGradient, losses, batch, count, temperature);
    const each = fast.floats(losses, batch);
    let sum = 0;
    for (let row = 0; row < batch; row++) sum += each[row]!;
    return sum / batch;
  }

  /** The address of the gradient `[batch, k]` of that loss for the actions: each candidate's vector times that of its score. */
  actionGradient(): number {
    const { fast } = this.room;
    const { items, batch, count } = this.sizes;
    const { rows, scoresGradient, ones, actionsGradient } = this;
    const [table, k] = [fast.addressOf(items), items.shape[1]];
    fast.exports.itemSums(table, rows, scoresGradient, ones, actionsGradient, 4 * k, batch, count, 1, k);
    return actionsGradient;
  }

  private score(actions: number): Float32Array {
    const { fast } = this.room;
    const { items, batch, count } = this.sizes;
    const { rows, mask, scores } = this;
    const table = fast.addressOf(items);
    fast.exports.candidateScores(actions, table, rows, mask, scores, batch, count, items.shape[1]);
    return fast.floats(scores, batch * count);
  }
}
