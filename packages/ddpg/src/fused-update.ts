import type * as tf from '@tensorflow/tfjs-core';
import { DenseStackBuffers, softUpdate, type FastKernels } from '@rl-recsys/wasm-kernels';
import { Lifetime, type Adam } from '@rl-recsys/agent';
import { CriticBuffers } from './critic-buffers.js';
import type { DenseNetworks } from './dense-networks.js';
import { assertLength, type FusedEncoder } from './fused-encoder.js';
import type { ActorCritic } from './actor-critic.js';
import type { DdpgLearnResult } from './ddpg-batch.js';

/** Transitions as typed arrays; they are only read. */
export interface FusedBatch<Observation> {
  readonly observation: Observation;
  /** `[batch, actionSize]` */
  readonly action: Float32Array;
  /** `[batch]`, like discount and weight. */
  readonly reward: Float32Array;
  readonly discount: Float32Array;
  readonly nextObservation: Observation;
  readonly weight: Float32Array;
}

/**
 * The update of {@link ActorCritic}, written by hand over the same variables, optimizers and options: the
 * same arithmetic on room that is reserved once, without a tensor, a tape or a copy.
 *
 * Make one with `fuse`.
 */
export class FusedUpdate<Observation> {
  private readonly actionSize: number;
  /** `[batch, stateSize]` */
  private readonly states: number;
  /** Those that the actor learns from: the same, but where the encoder is random. */
  private readonly actorStates: number;
  /** `[batch, actionSize]`: the replayed ones. */
  private readonly actions: number;
  /** `[batch]` */
  private readonly valueGradient: number;
  private readonly actor: DenseStackBuffers;
  private readonly targetActor: DenseStackBuffers;
  private readonly critics: readonly CriticBuffers[];
  private readonly targetCritics: readonly CriticBuffers[];
  private readonly actorGradients: readonly number[];
  private readonly criticGradients: readonly number[];
  private readonly lifetime = new Lifetime('an update by hand');

  /** @internal */
  constructor(
    /** The kernels that it runs on. */
    readonly fast: FastKernels,
    private readonly actorCritic: ActorCritic,
    networks: { readonly online: DenseNetworks; readonly target: DenseNetworks },
    private readonly encoder: FusedEncoder<Observation>,
    /** How many transitions a batch has. */
    readonly batchSize: number,
  ) {
    const { online, target } = networks;
    this.actionSize = online.actor.at(-1)!.kernel.shape[1];
    this.states = fast.allocate(batchSize * encoder.stateSize);
    const hasOwn = encoder.isRandom && actorCritic.encoderLearnsFrom('actor');
    this.actorStates = hasOwn ? fast.allocate(batchSize * encoder.stateSize) : this.states;
    this.actions = fast.allocate(batchSize * this.actionSize);
    this.valueGradient = fast.allocate(batchSize);
    this.actor = new DenseStackBuffers(fast, online.actor, batchSize);
    this.targetActor = new DenseStackBuffers(fast, target.actor, batchSize, { learns: false });
    const room = ({ critics }: DenseNetworks, learns: boolean) =>
      critics.map((critic) => new CriticBuffers(fast, critic, batchSize, { learns }));
    this.critics = room(online, true);
    this.targetCritics = room(target, false);
    const actorVariables = online.actor.flatMap(({ kernel, bias }) => [kernel, bias] as tf.Variable[]);
    const gradients = new Map([
      ...actorVariables.map((variable, place) => [variable, this.actor.gradients[place]!] as const),
      ...this.critics.flatMap((critic) => [...critic.gradients]),
      ...encoder.gradients,
    ]);
    const inOrder = ({ variables }: Adam) => variables.map((variable) => gradients.get(variable)!);
    this.actorGradients = inOrder(actorCritic.actorOptimizer);
    this.criticGradients = inOrder(actorCritic.criticOptimizer);
  }

  /**
   * One update, as {@link ActorCritic.learn} makes it.
   *
   * @throws RangeError where a column does not have the length of a batch; nothing has changed then.
   */
  learn(batch: FusedBatch<Observation>): DdpgLearnResult {
    this.lifetime.assertOpen('learn');
    this.actorCritic.assertInUse('learn');
    this.assertLengths(batch);
    const { options, criticOptimizer, actorOptimizer } = this.actorCritic;
    const target = this.tdTarget(batch);
    const encoderLearnsFromCritics = this.actorCritic.encoderLearnsFrom('critic');

    // The critics, from the replayed actions.
    this.encoder.forward(batch.observation, 'online', this.states);
    this.fast.floats(this.actions, batch.action.length).set(batch.action);
    const { criticLoss, tdErrors } = this.criticGradient(batch, target);
    this.apply(criticOptimizer, this.criticGradients);
    if (criticOptimizer.step % options.policyDelay !== 0)
      return { criticLoss, actorLoss: undefined, tdErrors };

    // The actor, from its own actions, under the critic as it is now.
    if (encoderLearnsFromCritics) this.encoder.forward(batch.observation, 'online', this.states);
    if (this.actorStates !== this.states) {
      this.encoder.forward(batch.observation, 'online', this.actorStates);
    }
    const actorLoss = this.actorGradient();
    this.apply(actorOptimizer, this.actorGradients);
    softUpdate(this.actorCritic.targetVariables, this.actorCritic.variables, options.tau);
    return { criticLoss, actorLoss, tdErrors };
  }

  /** Gives all room back; the networks stay. Safe to call twice: the room may be somebody else's by then. */
  free(): void {
    if (!this.lifetime.end()) return;
    const room = new Set([this.states, this.actorStates, this.actions, this.valueGradient]);
    for (const address of room) this.fast.free(address);
    for (const part of [this.actor, this.targetActor, ...this.critics, ...this.targetCritics, this.encoder]) {
      part.free();
    }
  }

  /** y = r + discount · Q'(s', π'(s')), with the smaller Q' where there are two. */
  private tdTarget({ nextObservation, action, reward, discount }: FusedBatch<Observation>): Float32Array {
    this.encoder.forward(nextObservation, 'target', this.states);
    const nextAction = this.targetActor.forward(this.states);
    const noise = this.actorCritic.targetNoise?.draw(action.length);
    if (noise) {
      const values = this.fast.floats(nextAction, action.length);
      for (let place = 0; place < values.length; place++) {
        values[place] = Math.max(-1, Math.min(1, values[place]! + noise[place]!));
      }
    }
    const target = new Float32Array(this.batchSize).fill(Infinity);
    for (const critic of this.targetCritics) {
      const values = this.fast.floats(critic.forward(this.states, nextAction), this.batchSize);
      for (let row = 0; row < target.length; row++) target[row] = Math.min(target[row]!, values[row]!);
    }
    for (let row = 0; row < target.length; row++) target[row] = reward[row]! + discount[row]! * target[row]!;
    return target;
  }

  /** The gradients of Σ over the critics of (1 / batch) Σ w (y − Q)². */
  private criticGradient(
    { weight }: FusedBatch<Observation>,
    target: Float32Array,
  ): { criticLoss: number; tdErrors: Float32Array } {
    const ofState = this.actorCritic.encoderLearnsFrom('critic') ? this.encoder.learnsFrom : undefined;
    const size = this.batchSize;
    let criticLoss = 0;
    let tdErrors: Float32Array | undefined;
    const stateGradients: number[] = [];
    for (const critic of this.critics) {
      const values = this.fast.floats(critic.forward(this.states, this.actions), size);
      const errors = target.map((y, row) => y - values[row]!);
      const gradient = this.fast.floats(this.valueGradient, size);
      for (let row = 0; row < size; row++) {
        criticLoss += (weight[row]! * errors[row]! ** 2) / size;
        gradient[row] = (-2 * weight[row]! * errors[row]!) / size;
      }
      tdErrors ??= errors;
      stateGradients.push(critic.backward(this.valueGradient, ofState));
    }
    if (ofState) this.encoder.backward(this.sum(stateGradients));
    return { criticLoss, tdErrors: tdErrors! };
  }

  /** The gradients of −(1 / batch) Σ Q(s, π(s)), with s a constant for the critic; that loss. */
  private actorGradient(): number {
    const { actionPenalty } = this.actorCritic.options;
    const size = this.batchSize;
    const [critic] = this.critics;
    const action = this.actor.forward(this.actorStates);
    const values = this.fast.floats(critic!.forward(this.states, action), size);
    const actorLoss = -values.reduce((sum, value) => sum + value, 0) / size;
    this.fast.floats(this.valueGradient, size).fill(-1 / size);
    const actionGradient = critic!.actionGradient(this.valueGradient);
    if (actionPenalty !== 0) {
      const length = size * this.actionSize;
      const [gradient, actions] = [
        this.fast.floats(actionGradient, length),
        this.fast.floats(action, length),
      ];
      for (let place = 0; place < length; place++) {
        gradient[place]! += (2 * actionPenalty * actions[place]!) / length;
      }
    }
    const ofState = this.actorCritic.encoderLearnsFrom('actor') ? this.encoder.learnsFrom : undefined;
    const stateGradient = this.actor.backward(actionGradient, { parameters: true, inputs: ofState });
    if (ofState) this.encoder.backward(stateGradient);
    return actorLoss;
  }

  /** A column that is too long would be written over whatever lies behind its room. */
  private assertLengths({ action, reward, discount, weight }: FusedBatch<Observation>): void {
    const rows = Object.entries({ reward, discount, weight });
    for (const [name, { length }] of rows) assertLength(name, length, this.batchSize);
    assertLength('action', action.length, this.batchSize * this.actionSize);
  }

  /** One step of an optimizer, with gradients that are too long together shortened. */
  private apply(optimizer: Adam, gradients: readonly number[]): void {
    const { maxGradientNorm } = this.actorCritic.options;
    let scale = 1;
    if (maxGradientNorm < Infinity) {
      const squares = gradients.map((address, place) =>
        this.fast.exports.squareSum(address, optimizer.variables[place]!.size),
      );
      scale = Math.min(1, maxGradientNorm / Math.sqrt(squares.reduce((sum, square) => sum + square, 0)));
    }
    optimizer.applyAt(this.fast, gradients, scale);
  }

  /** Adds up the critics' gradients of the state, in the room of the first. */
  private sum([first, ...others]: readonly number[]): number {
    const length = this.batchSize * this.encoder.learnsFrom.count;
    for (const other of others) {
      const [total, more] = [this.fast.floats(first!, length), this.fast.floats(other, length)];
      for (let place = 0; place < length; place++) total[place]! += more[place]!;
    }
    return first!;
  }
}
