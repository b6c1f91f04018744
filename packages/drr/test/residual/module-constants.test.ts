import { Random } from '@rl-recsys/random';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import { histories, learnOn, sampleOf, toyLearner } from './toy.js';

/** The user's vector less a mean of its own, which it measures while it learns, times a fixed weight that begins anywhere. */
class MeasuredUser extends layers.Layer {
  static readonly className = 'MeasuredUser';
  readonly constants: ReturnType<layers.Layer['addWeight']>[] = [];

  override build(shapes: number[][]): void {
    const [shape] = shapes as [number[]];
    for (const name of ['mean', 'fixed']) {
      const start =
        name === 'mean' ? initializers.zeros() : initializers.randomUniform({ minval: 1, maxval: 2 });
      this.constants.push(this.addWeight(name, [shape[1]!], 'float32', start, undefined, false));
    }
    this.built = true;
  }

  override computeOutputShape(shapes: number[][]): number[] {
    return shapes[0]!;
  }

  override call(inputs: tf.Tensor[], { training }: Record<string, unknown>): tf.Tensor {
    return tf.tidy(() => {
      const [mean, fixed] = this.constants as [layers.Layer['weights'][0], layers.Layer['weights'][0]];
      if (training) mean.write(tf.add(tf.mul(mean.read(), 0.9), tf.mul(tf.mean(inputs[0]!, 0), 0.1)));
      return tf.mul(tf.sub(inputs[0]!, mean.read()), fixed.read());
    });
  }
}

test('what a state module has that does not learn is averaged as it is, and saved', () => {
  const make = () => toyLearner({ stateLayer: () => new MeasuredUser(), random: Random.fromSeed(1) });
  const [learner, copy] = [make(), make()];
  learnOn(learner, 104);
  copy.restore(learner.state());
  expect(copy.state()).toEqual(learner.state());
  const { stateLayer } = learner.savedPolicy();
  expect(stateLayer.weights[0]).not.toEqual(new Float32Array(3)); // the averaged one's mean has moved too
  expect(copy.savedPolicy().stateLayer.weights).toEqual(stateLayer.weights);
  const batch = sampleOf(learner);
  for (let update = 0; update < 3; update++) expect(copy.learn(batch)).toEqual(learner.learn(batch));
  expect(copy.actByAverage(histories)).toEqual(learner.actByAverage(histories));
});
