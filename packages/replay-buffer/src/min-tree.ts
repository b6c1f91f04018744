import { assertLeaf, assertPositiveInteger } from './assert.js';

/**
 * The smallest positive priority of the items 0 to `capacity - 1`.
 *
 * Items without a priority don't count: they must not lower the minimum, nor hide it.
 */
export class MinTree {
  /** How many items there are. */
  readonly capacity: number;
  private readonly firstLeaf: number;
  /** Node n has the children 2n and 2n + 1, and holds their minimum; ∞ where there is none. */
  private readonly minima: Float64Array;

  /** @throws RangeError where `capacity` is not a positive integer. */
  constructor(capacity: number) {
    assertPositiveInteger('capacity', capacity);
    this.capacity = capacity;
    this.firstLeaf = 2 ** Math.ceil(Math.log2(capacity));
    this.minima = new Float64Array(2 * this.firstLeaf).fill(Infinity);
  }

  /** The smallest positive priority, or ∞ where there is none. */
  get minimum(): number {
    return this.minima[1]!;
  }

  /**
   * Gives `index` a priority; 0 takes it out.
   *
   * @throws RangeError where there is no such index, or the priority is one that
   * `SumTree.set` would refuse.
   */
  set(index: number, priority: number): void {
    assertLeaf(index, priority, this.capacity);
    const { minima } = this;
    let node = this.firstLeaf + index;
    minima[node] = priority === 0 ? Infinity : priority;
    while (node > 1) {
      node = Math.floor(node / 2);
      const smaller = Math.min(minima[2 * node]!, minima[2 * node + 1]!);
      // Most often a sibling is smaller, and nothing changes from here up.
      if (smaller === minima[node]) return;
      minima[node] = smaller;
    }
  }
}
