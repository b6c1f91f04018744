import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';

/** What layer normalization scales with and adds, `[columns]` each. */
export interface LayerNormWeights {
  readonly scale: tf.Variable;
  readonly offset: tf.Variable;
}

/** Layer normalization of `rows` vectors on addresses, and the way back. */
export class FusedLayerNorm {
  /** Where `backward` writes the gradient of each variable; none where nothing learns. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  private readonly columns: number;
  /** `[rows, columns]`: with mean 0 and variance 1. */
  private readonly normal: number;
  /** `[rows, columns]` */
  private readonly y: number;
  /** `[rows]`: what each row's deviations were multiplied by. */
  private readonly inverses: number;

  constructor(
    private readonly room: Room,
    private readonly weights: LayerNormWeights,
    private readonly rows: number,
    { learns }: { readonly learns: boolean },
  ) {
    const { scale, offset } = weights;
    this.columns = scale.size;
    this.normal = room.take(rows * this.columns);
    this.y = room.take(rows * this.columns);
    this.inverses = room.take(rows);
    this.gradients = new Map(
      (learns ? [scale, offset] : []).map((variable) => [variable, room.take(variable.size)]),
    );
  }

  /**
   * The address of what it makes of x `[rows, columns]`, valid until the next call.
   *
   * @param x - read now, and not again by `backward`.
   */
  forward(x: number): number {
    const { fast } = this.room;
    const { weights, normal, y, inverses, rows, columns } = this;
    const [scale, offset] = [fast.addressOf(weights.scale), fast.addressOf(weights.offset)];
    fast.exports.layerNorm(x, scale, offset, normal, y, inverses, rows, columns);
    return y;
  }

  /** Turns the gradient `[rows, columns]` of what `forward` wrote last into that of x, and writes its variables'. */
  backward(gradient: number): void {
    const { fast } = this.room;
    const { weights, gradients, normal, inverses, rows, columns } = this;
    const [toScale, toOffset] = [gradients.get(weights.scale)!, gradients.get(weights.offset)!];
    fast.exports.layerNormGradient(
      ...([gradient, normal, inverses, fast.addressOf(weights.scale), gradient] as const),
      ...([toScale, toOffset, rows, columns] as const),
    );
  }
}
