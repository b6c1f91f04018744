import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RecommendationObservation } from '@rl-recsys/environment';
import { assertSameSize, lookUp, type EmbeddingTables } from './look-up.js';
import { scoreItems } from './ranking.js';

/** What a policy needs of a trained agent. */
export interface DrrModels {
  /** User, items and mask in, state out. */
  readonly stateModule: LayersModel;
  /** State in, action out. */
  readonly actor: LayersModel;
}

/**
 * A DRR that only acts: it turns a user and their history into a vector and ranks items by it.
 *
 * It works on the models that it is given, so that the policy of an agent in training follows it, and
 * never disposes them.
 */
export class DrrPolicy {
  /** What tables and errors call it. */
  readonly name = 'DRR';
  private readonly historySize: number;

  /** @throws RangeError where the tables' vectors differ in length. */
  constructor(
    private readonly tables: EmbeddingTables,
    private readonly models: DrrModels,
  ) {
    assertSameSize(tables);
    this.historySize = models.stateModule.inputs[1]!.shape[1]!;
  }

  /**
   * The action a = π(s) `[k]`, without exploration. It leaves no tensor behind.
   *
   * @throws RangeError where the user or an item is in no table, or the history does not have the length
   * that the state module takes.
   */
  act({ user, history }: RecommendationObservation): Float32Array {
    return tf.tidy(() => {
      const inputs = lookUp(this.tables, [user], history, this.historySize);
      const state = this.models.stateModule.apply(inputs) as tf.Tensor;
      return (this.models.actor.apply(state) as tf.Tensor).dataSync<'float32'>().slice();
    });
  }

  /**
   * Writes to `scores[i]` how much `items[i]` should be shown; higher is better.
   *
   * @throws RangeError as {@link DrrPolicy.act} does, and where one of `items` is in no table.
   */
  score(observation: RecommendationObservation, items: Int32Array, scores: Float32Array): void {
    scoreItems(this.act(observation), this.tables.items, items, scores);
  }
}
