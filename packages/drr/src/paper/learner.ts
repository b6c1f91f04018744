import { HISTORY_SIZE } from '@rl-recsys/environment';
import * as tf from '@tensorflow/tfjs-core';
import {
  assertNumbers,
  seedFrom,
  SHARE,
  tidyValues,
  valueFigures,
  type Figures,
  type Learner,
  type LearnResult,
  type Weights,
} from '@rl-recsys/agent';
import {
  ActorCritic,
  createActor,
  createCritic,
  DDPG_OPTION_NAMES,
  fuse,
  type DdpgLearnResult,
  type DdpgOptions,
  type FusedUpdate,
} from '@rl-recsys/ddpg';
import { assertOptionNames, type OptionNames, type Random, type SavedState } from '@rl-recsys/random';
import type { Batch, Transition } from '@rl-recsys/replay-buffer';
import { createStateModule, DrrAve, type MakeStateLayer } from '@rl-recsys/state';
import { activeKernels, matchDenseStack } from '@rl-recsys/wasm-kernels';
import { keptByHand } from '../kept-by-hand.js';
import { encoderByHand } from './encoder-by-hand.js';
import { lookUp } from '../look-up.js';
import {
  assertSameSize,
  assertUserAndHistories,
  TABLE_NAMES,
  type EmbeddingTables,
  type Histories,
} from '../tables.js';
import { layerEncoder, saveStateLayer } from '../layer-encoder.js';
import { plainLayers } from '../plain-layers.js';
import type { RankingPolicy } from '../ranking-policy.js';
import { plainEncoder } from '../state-encoder.js';
import { PolicyNetwork } from './policy-network.js';
import { drrPolicy, type SavedDrrPolicy } from './policy.js';
import { UploadedTables } from '../uploaded-tables.js';
import { transitionFields, type TransitionFields } from './transition-fields.js';

/** A batch as a replay buffer with {@link transitionFields} fills it. */
export type DrrBatch = Batch<TransitionFields>;

/** What a {@link DrrLearner} is made from. */
export interface DrrLearnerOptions extends EmbeddingTables, DdpgOptions {
  /** n, how many liked items make the history (default 10, our choice). */
  readonly historySize?: number;
  /** Makes the state layer, twice (default: DRR-ave), such as one of `stateLayers`. */
  readonly stateLayer?: MakeStateLayer;
  /** 1 is the paper's critic (default), 2 are TD3's; spread `td3(random)` of `@rl-recsys/ddpg` to have all of TD3. */
  readonly criticCount?: 1 | 2;
  /** Units of each hidden layer (default 128; the paper leaves it open). */
  readonly hiddenSize?: number;
  /**
   * Whether an update is computed in one go, without a tensor for each step, where fast kernels are active
   * (default true). The arithmetic is the same.
   */
  readonly fusedStep?: boolean;
  /** Draws the starting weights. */
  readonly random: Random;
}

/** The names of {@link DrrLearnerOptions}. */
export const DRR_LEARNER_NAMES: OptionNames<DrrLearnerOptions> = {
  ...TABLE_NAMES,
  ...DDPG_OPTION_NAMES,
  ...{ historySize: true, stateLayer: true, criticCount: true, hiddenSize: true, fusedStep: true },
  random: true,
};

/**
 * What learns in DRR to the letter of the paper: a DDPG actor-critic whose state is made of embeddings and whose action
 * is a vector that ranks items.
 *
 * The tables stay as they are; the state module, the actor and the critic learn.
 *
 * See Liu et al. 2018, arXiv 1810.12027, Algorithm 1.
 */
export class DrrLearner implements Learner<TransitionFields> {
  /** The schema of the transitions that it learns from. */
  readonly fields: TransitionFields;
  /** π(f(s)) as it is learned. */
  readonly policyNetwork: PolicyNetwork;
  /** The networks, their targets and optimizers. */
  readonly actorCritic: ActorCritic;
  /** The vectors that it was made with, which stay as they are. */
  readonly tables: EmbeddingTables;
  private readonly fusedStep: boolean;
  /** What layers of the state module drop numbers by; the actor-critic saves it. */
  private readonly encoderRandom: Random;
  private fused: FusedUpdate<Histories> | undefined;
  private uploaded: UploadedTables | undefined;

  /** @throws RangeError where the tables' vectors differ in length or an option is out of range or unknown. */
  constructor(options: DrrLearnerOptions) {
    assertOptionNames(options, DRR_LEARNER_NAMES);
    const { users, items, fittedOn = [], historySize = HISTORY_SIZE, hiddenSize = 128, ...others } = options;
    const { stateLayer = () => new DrrAve({}), fusedStep = true, criticCount = 1, random, ...rest } = others;
    if (criticCount !== 1 && criticCount !== 2) {
      throw new RangeError(`criticCount: expected 1 or 2, got ${String(criticCount)}`);
    }
    this.fusedStep = fusedStep;
    this.tables = { users, items, fittedOn };
    assertSameSize(this.tables);
    const embeddingSize = items.size;
    const lengths = { embeddingSize, historySize };
    const seed = seedFrom(random.fork('state'));
    this.encoderRandom = random.fork('encoder');
    this.actorCritic = new ActorCritic(
      () => {
        const encoder = createStateModule(stateLayer({ seed, ...lengths }), lengths);
        const stateSize = encoder.outputs[0]!.shape[1]!;
        const sizes = { stateSize, actionSize: embeddingSize, hiddenSize };
        return {
          encoder,
          actor: createActor({ ...sizes, random: random.fork('actor') }),
          critics: ['critic', 'second critic']
            .slice(0, criticCount)
            .map((name) => createCritic({ ...sizes, random: random.fork(name) })),
        };
      },
      { ...rest, encoderRandom: this.encoderRandom },
    );
    this.fields = transitionFields({ historySize, embeddingSize });
    // Now rather than at the first update, which then leaves nothing behind.
    if (activeKernels()) this.uploaded = new UploadedTables(this.tables);
    const { encoder, actor } = this.actorCritic.networks;
    this.policyNetwork = new PolicyNetwork(this.tables, { stateModule: encoder!, actor }, this.uploaded);
  }

  /** @throws RangeError where an index is in no table, or `discount` is no share. */
  assertTransition({ user, history, nextHistory, discount }: Transition<TransitionFields>): void {
    assertUserAndHistories(this.tables, { user, history, nextHistory });
    assertNumbers(SHARE, { discount });
  }

  /**
   * One update of all networks from a batch; it leaves no tensor behind.
   *
   * @throws RangeError where an index is in no table, or the histories have another length; nothing has
   * changed then.
   */
  learn(batch: DrrBatch): LearnResult {
    const { tdErrors, ...figures } = this.update(batch);
    return { figures, tdErrors };
  }

  /** Figures of a batch: `meanQ` and `maxQ`. */
  inspect({ columns, weights }: DrrBatch): Figures {
    const { user, history, action } = columns;
    const values = tidyValues(() =>
      this.actorCritic.value({
        observation: this.lookUp({ user, history }),
        action: tf.tensor2d(action, [weights.length, this.fields.action.size]),
      }),
    );
    return valueFigures(values);
  }

  /** The greedy policy as it is now, which does not follow what is learned later. */
  policy(): RankingPolicy {
    const saved = this.savedPolicy();
    const sizes = { embeddingSize: this.tables.items.size, historySize: saved.historySize };
    const encoder =
      plainEncoder(saved.stateLayer, sizes.embeddingSize) ?? layerEncoder(saved.stateLayer, sizes);
    return drrPolicy(saved, this.tables, encoder);
  }

  /** The greedy policy as plain values, to be saved. */
  savedPolicy(): SavedDrrPolicy {
    this.actorCritic.assertInUse('savedPolicy');
    const { encoder, actor } = this.actorCritic.networks;
    return {
      kind: 'paper',
      historySize: this.fields.history.size,
      stateLayer: saveStateLayer(encoder!),
      actor: plainLayers(matchDenseStack(actor.outputs[0]!)!.layers),
    };
  }

  weights(): Weights {
    return this.actorCritic.weights();
  }

  scaleLearningRates(share: number): void {
    this.actorCritic.scaleLearningRates(share);
  }

  state(): SavedState {
    return this.actorCritic.state();
  }

  restore(state: SavedState): void {
    this.actorCritic.restore(state);
  }

  /** Frees all variables; safe to call twice. */
  dispose(): void {
    this.fused?.free();
    this.fused = undefined;
    this.uploaded?.dispose();
    this.policyNetwork.dispose();
    this.actorCritic.dispose();
  }

  private update({ columns, weights }: DrrBatch): DdpgLearnResult {
    this.actorCritic.assertInUse('learn');
    const { user, history, nextHistory, action, reward, discount } = columns;
    const before = { user, history };
    const after = { user, history: nextHistory };
    const fused = this.fusedUpdate(weights.length);
    if (fused) {
      const batch = { action, reward, discount, weight: weights };
      return fused.learn({ ...batch, observation: before, nextObservation: after });
    }
    const batch = tf.tidy(() => ({
      observation: this.lookUp(before),
      action: tf.tensor2d(action, [weights.length, this.fields.action.size]),
      reward: tf.tensor1d(reward),
      discount: tf.tensor1d(discount),
      nextObservation: this.lookUp(after),
      weight: tf.tensor1d(weights),
    }));
    try {
      return this.actorCritic.learn(batch);
    } finally {
      tf.dispose(batch);
    }
  }

  private lookUp(histories: Histories): tf.Tensor[] {
    const n = this.fields.history.size;
    // Only fast kernels gather faster than JavaScript copies.
    if (!activeKernels()) return lookUp(this.tables, histories, n);
    this.uploaded ??= new UploadedTables(this.tables);
    return this.uploaded.lookUp(histories, n);
  }

  /** The update by hand for batches of this size, where it can be had. */
  private fusedUpdate(batchSize: number): FusedUpdate<Histories> | undefined {
    const fast = activeKernels();
    if (!this.fusedStep || !fast) return undefined;
    return (this.fused = keptByHand(this.fused, fast, batchSize, () => this.fuse(batchSize)));
  }

  private fuse(batchSize: number): FusedUpdate<Histories> | undefined {
    this.uploaded ??= new UploadedTables(this.tables);
    const { tables, uploaded, fields } = this;
    const { networks, targets } = this.actorCritic;
    const modules = { online: networks.encoder!, target: targets.encoder! };
    const sizes = { historySize: fields.history.size, batchSize };
    const makeEncoder = encoderByHand(modules, { tables, uploaded, ...sizes }, this.encoderRandom);
    return makeEncoder && fuse(this.actorCritic, batchSize, makeEncoder);
  }
}
