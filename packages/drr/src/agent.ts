import * as tf from '@tensorflow/tfjs-core';
import {
  createActor,
  createCritic,
  DdpgLearner,
  type DdpgLearnResult,
  type DdpgOptions,
} from '@rl-recsys/ddpg';
import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import type { Batch } from '@rl-recsys/replay-buffer';
import { createStateModule, DrrAve } from '@rl-recsys/state';
import { assertSameSize, lookUp, type EmbeddingTables } from './look-up.js';
import { DrrPolicy } from './policy.js';
import { transitionFields, type TransitionFields } from './transition-fields.js';

/** A batch as a replay buffer with {@link transitionFields} fills it. */
export type DrrBatch = Batch<TransitionFields>;

/** What a {@link DrrAgent} is made from. */
export interface DrrOptions extends EmbeddingTables, DdpgOptions {
  /** n, how many liked items make the history (default 10, our choice). */
  readonly historySize?: number;
  /** Units of each hidden layer (default 128; the paper leaves it open). */
  readonly hiddenSize?: number;
  /** Draws the starting weights. */
  readonly random: Random;
}

/**
 * Deep reinforcement learning based recommendation: a DDPG agent whose state is DRR-ave over embeddings
 * and whose action is a vector that ranks items.
 *
 * The tables stay as they are; the state module, the actor and the critic learn.
 *
 * See Liu et al. 2018, arXiv 1810.12027, Algorithm 1.
 */
export class DrrAgent {
  /** The schema of the transitions that it learns from. */
  readonly fields: TransitionFields;
  /** The greedy policy, which follows this agent as it learns. */
  readonly policy: DrrPolicy;
  /** The networks and their targets; saves and restores all that learning changes. */
  readonly learner: DdpgLearner;
  private readonly tables: EmbeddingTables;

  /** @throws RangeError where the tables' vectors differ in length or a size is not a positive integer. */
  constructor({ users, items, historySize = 10, hiddenSize = 128, random, ...ddpgOptions }: DrrOptions) {
    this.tables = { users, items };
    assertSameSize(this.tables);
    const embeddingSize = items.size;
    const sizes = { stateSize: 3 * embeddingSize, actionSize: embeddingSize, hiddenSize };
    this.learner = new DdpgLearner(
      () => ({
        encoder: createStateModule(new DrrAve({}), { embeddingSize, historySize }),
        actor: createActor({ ...sizes, random: random.fork('actor') }),
        critics: [createCritic({ ...sizes, random: random.fork('critic') })],
      }),
      ddpgOptions,
    );
    this.fields = transitionFields({ historySize, embeddingSize });
    const { encoder, actor } = this.learner.networks;
    this.policy = new DrrPolicy(this.tables, { stateModule: encoder!, actor });
  }

  /**
   * The action a = π(s) `[k]`, without exploration. It leaves no tensor behind.
   *
   * @throws RangeError as {@link DrrPolicy.act} does.
   */
  act(observation: RecommendationObservation): Float32Array {
    return this.policy.act(observation);
  }

  /**
   * One update of all networks from a batch; it leaves no tensor behind.
   *
   * @throws RangeError where an index is in no table, or the histories have another length; nothing has
   * changed then.
   */
  learn({ columns, weights }: DrrBatch): DdpgLearnResult {
    const { history, action } = this.fields;
    return tf.tidy(() =>
      this.learner.learn({
        observation: lookUp(this.tables, columns.user, columns.history, history.size),
        action: tf.tensor2d(columns.action, [weights.length, action.size]),
        reward: tf.tensor1d(columns.reward),
        discount: tf.tensor1d(columns.discount),
        nextObservation: lookUp(this.tables, columns.user, columns.nextHistory, history.size),
        weight: tf.tensor1d(weights),
      }),
    );
  }

  /** Frees all variables. */
  dispose(): void {
    this.learner.dispose();
  }
}
