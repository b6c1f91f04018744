import { input, layers, model, type LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { ActorCritic, createActor, createCritic } from '../src/index.js';
import { toyBatch } from './toy-actor-critic.js';

/** A frozen layer that begins anywhere, and a normalization that measures its inputs. */
function encoder(): LayersModel {
  const observation = input({ shape: [2] });
  const fixed = layers.dense({ units: 3, trainable: false }).apply(observation);
  const normalized = layers.batchNormalization({ momentum: 0.5 }).apply(fixed);
  return model({ inputs: observation, outputs: normalized as typeof observation });
}

/** Its networks begin elsewhere each time. */
function make(): ActorCritic {
  const sizes = { stateSize: 3, actionSize: 1, hiddenSize: 8, random: Random.fromSeed(1) };
  return new ActorCritic(
    () => ({ encoder: encoder(), actor: createActor(sizes), critics: [createCritic(sizes)] }),
    { encoderSignal: 'both', encoderRandom: Random.fromSeed(2) },
  );
}

/** The kernel and bias of the frozen layer; mean and variance. */
function constantsOf({ encoder }: ActorCritic['networks']): Float32Array[] {
  return encoder!.nonTrainableWeights.map((weight) => weight.read().dataSync<'float32'>().slice());
}

test('targets have the frozen layers and the statistics of their networks, at first and after each update', () => {
  const learner = make();
  const first = constantsOf(learner.networks);
  expect(first.map((values) => values.length)).toEqual([6, 3, 3, 3]);
  expect(constantsOf(learner.targets)).toEqual(first);
  learner.learn(toyBatch());
  const [kernel, bias, mean, variance] = constantsOf(learner.networks);
  expect([kernel, bias]).toEqual(first.slice(0, 2));
  expect(mean).not.toEqual(first[2]);
  expect(variance).not.toEqual(first[3]);
  expect(constantsOf(learner.targets)).toEqual(constantsOf(learner.networks));
});

test('they are saved, and given to actors elsewhere', () => {
  const [learner, copy, elsewhere] = [make(), make(), make()];
  for (let update = 0; update < 3; update++) learner.learn(toyBatch());
  expect(constantsOf(copy.networks)).not.toEqual(constantsOf(learner.networks));
  copy.restore(learner.state());
  elsewhere.takeWeights(learner.weights());
  for (const other of [copy, elsewhere]) {
    expect(constantsOf(other.networks)).toEqual(constantsOf(learner.networks));
    const { observation } = toyBatch();
    expect(other.act(observation).dataSync()).toEqual(learner.act(observation).dataSync());
  }
  expect(constantsOf(copy.targets)).toEqual(constantsOf(learner.targets));
  for (let update = 0; update < 3; update++)
    expect(copy.learn(toyBatch())).toEqual(learner.learn(toyBatch()));
  expect(constantsOf(copy.networks)).toEqual(constantsOf(learner.networks));
});
