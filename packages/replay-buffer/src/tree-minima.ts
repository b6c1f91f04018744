import { minimumOfEight, positiveMinimumOfEight } from './eight-children.js';
import type { TreeLevels } from './tree-levels.js';

/** The smallest positive priority below each node of a tree, kept as the priorities change. */
export class TreeMinima {
  private readonly levels: TreeLevels;
  /** The levels above the leaves; ∞ where a node has nothing positive below it. */
  private readonly minima: Float64Array;

  constructor(levels: TreeLevels) {
    this.levels = levels;
    this.minima = new Float64Array(levels.length - levels.leaves).fill(Infinity);
  }

  /** The smallest positive priority of all, or ∞ where there is none. */
  get minimum(): number {
    return this.minima[this.minima.length - 1]!;
  }

  /** The smallest positive priority below a node just above the leaves. */
  at(node: number): number {
    return this.minima[node]!;
  }

  /**
   * Takes note that `leaves[index]` changed from `previous`.
   *
   * Of several leaves that change together, all are written first and then noted, each in any order.
   */
  update(leaves: Float64Array, index: number, previous: number): void {
    const { minima } = this;
    const { offsets, leaves: leafCount } = this.levels;
    const priority = leaves[index]!;
    // An empty item must not lower the minimum.
    let after = priority === 0 ? Infinity : priority;
    let node = index;
    for (let level = 1; level < offsets.length; level++) {
      node >>>= 3;
      const place = offsets[level]! - leafCount + node;
      const minimum = minima[place]!;
      if (after > minimum) {
        // Most often another child is the smallest, and nothing changes from here up.
        if (previous > minimum) return;
        after =
          level === 1
            ? positiveMinimumOfEight(leaves, 8 * node)
            : minimumOfEight(minima, offsets[level - 1]! - leafCount + 8 * node);
      }
      if (after === minimum) return;
      minima[place] = after;
    }
  }
}
