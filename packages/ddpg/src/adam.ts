import * as tf from '@tensorflow/tfjs-core';

export interface AdamOptions {
  readonly learningRate: number;
  /** Decay of the gradients' running mean (default 0.9, as in the paper). */
  readonly beta1?: number;
  /** Decay of their running square (default 0.999, as in the paper). */
  readonly beta2?: number;
  /** Keeps the division away from 0 (default 1e-8, as in the paper). */
  readonly epsilon?: number;
}

/**
 * The Adam optimizer over a fixed list of variables, whose state can be read and written: training
 * that goes on from a saved state is the same training, bit for bit.
 *
 * See "Adam: a method for stochastic optimization", Kingma and Ba 2015, Algorithm 1, in the order of
 * computation that closes its section 2.
 */
export class Adam {
  /** Running mean and running square of each variable's gradient, in the order of the variables. */
  readonly moments: ReadonlyArray<{ readonly mean: tf.Variable; readonly square: tf.Variable }>;
  /** How many updates were made. */
  step = 0;

  private readonly learningRate: number;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;

  constructor(
    readonly variables: readonly tf.Variable[],
    { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions,
  ) {
    if (!(learningRate > 0)) {
      throw new RangeError(`learningRate: expected a positive number, got ${learningRate}`);
    }
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    const zeros = (variable: tf.Variable) => tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
    this.moments = variables.map((variable) => ({ mean: zeros(variable), square: zeros(variable) }));
  }

  /**
   * Makes one update.
   *
   * @param gradients - by the variables' names, as `tf.variableGrads` gives them; not disposed.
   * @throws Error where a variable has no gradient.
   */
  apply(gradients: tf.NamedTensorMap): void {
    for (const { name } of this.variables) {
      if (!gradients[name]) throw new Error(`gradients: expected one for ${name}, got none`);
    }
    this.step += 1;
    const { beta1, beta2, step } = this;
    const rate = (this.learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    for (const [index, variable] of this.variables.entries()) {
      const { mean, square } = this.moments[index]!;
      const gradient = gradients[variable.name]!;
      tf.tidy(() => {
        mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1)));
        square.assign(tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
        const change = tf.div(mean, tf.add(tf.sqrt(square), this.epsilon));
        variable.assign(tf.sub(variable, tf.mul(change, rate)));
      });
    }
  }

  /** Frees the moments; the variables stay their owner's. */
  dispose(): void {
    for (const { mean, square } of this.moments) {
      mean.dispose();
      square.dispose();
    }
  }
}
