import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { denseStack } from '@rl-recsys/wasm-kernels';
import { denseActor, denseCritic } from './dense-networks.js';
import type { DdpgNetworks } from './networks.js';

/** Whose gradients a loss asks for; no others are computed. */
export interface CriticGradients {
  readonly state?: boolean;
  readonly action?: boolean;
  readonly parameters?: boolean;
}

/** Networks as functions of tensors; the caller disposes what they return. */
export interface NetworkFunctions {
  /** `[batch, stateSize]`; `call` is what the encoder's layers are called with beside their inputs. */
  encode(observation: readonly tf.Tensor[], call?: Record<string, unknown>): tf.Tensor2D;
  /** π(s) `[batch, actionSize]`; `stateGradient` says whether the state learns from it (default true). */
  act(state: tf.Tensor2D, stateGradient?: boolean): tf.Tensor2D;
  /** Q(s, a) `[batch]`, one function a critic. */
  readonly values: ReadonlyArray<
    (state: tf.Tensor2D, action: tf.Tensor2D, gradients?: CriticGradients) => tf.Tensor1D
  >;
}

/** Stacks of dense layers run as one operation each; other networks run as TensorFlow.js runs them. */
export function functionsOf({ encoder, actor, critics }: DdpgNetworks): NetworkFunctions {
  const actorLayers = denseActor(actor);
  return {
    encode(observation, call) {
      if (!encoder) return observation[0] as tf.Tensor2D;
      const inputs = observation.length === 1 ? observation[0]! : [...observation];
      return encoder.apply(inputs, call) as tf.Tensor2D;
    },
    act(state, stateGradient = true) {
      if (!actorLayers) return actor.apply(state) as tf.Tensor2D;
      return denseStack(state, actorLayers, { input: stateGradient });
    },
    values: critics.map(valueOf),
  };
}

function valueOf(critic: LayersModel): NetworkFunctions['values'][number] {
  const layers = denseCritic(critic);
  return (state, action, gradients = {}) =>
    tf.tidy(() => {
      if (!layers) return tf.squeeze(critic.apply([state, action]) as tf.Tensor2D, [1]);
      const { state: ofState = false, action: ofAction = false, parameters = false } = gradients;
      const head = denseStack(state, layers.head, { input: ofState, parameters });
      const wanted = { input: ofState || parameters, beside: ofAction, parameters };
      return tf.squeeze(denseStack([head, action], layers.tail, wanted), [1]);
    });
}
