import { assertLeaf, assertPositiveInteger } from './assert.js';

/**
 * Priorities of the items 0 to `capacity - 1` (all 0 at first), drawn from in logarithmic time.
 *
 * A binary tree in one array: node n has the children 2n and 2n + 1, and holds their sum. A sum is
 * always computed from the children, never changed by a difference, so that it cannot drift.
 */
export class SumTree {
  /** How many items there are. */
  readonly capacity: number;
  private readonly firstLeaf: number;
  private readonly sums: Float64Array;

  /** @throws RangeError where `capacity` is not a positive integer. */
  constructor(capacity: number) {
    assertPositiveInteger('capacity', capacity);
    this.capacity = capacity;
    this.firstLeaf = 2 ** Math.ceil(Math.log2(capacity));
    this.sums = new Float64Array(2 * this.firstLeaf);
  }

  /** The sum of all priorities. */
  get total(): number {
    return this.sums[1]!;
  }

  /** The priority of `index`. */
  get(index: number): number {
    return this.sums[this.firstLeaf + index]!;
  }

  /**
   * Gives `index` a priority.
   *
   * @throws RangeError where there is no such index, or the priority is negative, not finite, or so
   * large that `capacity` of them would not have a finite sum.
   */
  set(index: number, priority: number): void {
    assertLeaf(index, priority, this.capacity);
    const { sums } = this;
    let node = this.firstLeaf + index;
    sums[node] = priority;
    while (node > 1) {
      node = Math.floor(node / 2);
      sums[node] = sums[2 * node]! + sums[2 * node + 1]!;
    }
  }

  /**
   * The item in which `mass` lies when all priorities are laid end to end, item 0 first.
   *
   * It always has a positive priority. A mass at or beyond the total finds the last such item, since
   * rounding may push a draw there.
   *
   * @throws RangeError where `mass` is negative or NaN, or all priorities are 0.
   */
  find(mass: number): number {
    if (!(mass >= 0)) throw new RangeError(`mass: expected a number of at least 0, got ${mass}`);
    const { sums, firstLeaf } = this;
    if (!(this.total > 0)) throw new RangeError('find: expected a positive priority, but all are 0');
    let node = 1;
    let rest = mass;
    while (node < firstLeaf) {
      const left = sums[2 * node]!;
      // The second condition: a rest that was rounded up must not end in an empty subtree.
      const goesRight = rest >= left && sums[2 * node + 1]! > 0;
      if (goesRight) rest -= left;
      node = 2 * node + (goesRight ? 1 : 0);
    }
    return node - firstLeaf;
  }
}
