/** What a state layer with a network of its own is made from. */
export interface SeededLayerOptions {
  /** Draws the starting weights; a positive integer, as `1 + random.integer(2 ** 31 - 1)` gives. */
  readonly seed: number;
  /** Units of the layer's network (default 64, our choice). */
  readonly units?: number;
  /** The layer's name (default: one that is not taken yet). */
  readonly name?: string;
}
