import { assertLeaf, assertLeaves, assertMasses, assertPositiveInteger } from './assert.js';
import { sumOfEight } from './eight-children.js';
import { descend } from './tree-descent.js';
import { layTreeLevels, toParents, type TreeLevels } from './tree-levels.js';
import { TreeMinima } from './tree-minima.js';

/**
 * Priorities of the items 0 to `capacity - 1` (float64, all 0 at first): their sum, the smallest
 * positive one, and drawing by mass, each in logarithmic time.
 *
 * A node has eight children, because eight numbers fill one cache line. A sum is always computed from
 * the children, never changed by a difference, so that it cannot drift. Sums and minima share the
 * leaves, so that all takes 10.3 bytes an item.
 */
export class PriorityTree {
  /** How many items there are. */
  readonly capacity: number;
  private readonly levels: TreeLevels;
  /** All levels: the priorities themselves first, the total last. */
  private readonly sums: Float64Array;
  private readonly minima: TreeMinima;
  /** Scratch: a node for each row of a batch. */
  private nodes: Int32Array = new Int32Array(1);
  /** Scratch: what is left of each row's mass, or the priority that it replaces. */
  private values: Float64Array = new Float64Array(1);
  /** Means nothing; see {@link PriorityTree.touch}. */
  private touched = 0;

  /** @throws RangeError where `capacity` is not a positive integer, or above 2³⁰. */
  constructor(capacity: number) {
    assertPositiveInteger('capacity', capacity);
    if (capacity > 2 ** 30) throw new RangeError(`capacity: expected at most ${2 ** 30}, got ${capacity}`);
    this.capacity = capacity;
    this.levels = layTreeLevels(capacity);
    this.sums = new Float64Array(this.levels.length);
    this.minima = new TreeMinima(this.levels);
  }

  /** The sum of all priorities. */
  get total(): number {
    return this.sums[this.sums.length - 1]!;
  }

  /**
   * The smallest positive priority, or ∞ where there is none.
   *
   * Items without a priority don't count: they must not lower the minimum, nor hide it.
   */
  get minimum(): number {
    return this.minima.minimum;
  }

  /** The priority of `index`. */
  get(index: number): number {
    return this.sums[index]!;
  }

  /** The priorities of the first `count` items; a copy. */
  first(count: number): Float64Array {
    return this.sums.slice(0, Math.min(count, this.capacity));
  }

  /**
   * Gives `index` a priority; 0 takes it out.
   *
   * @throws RangeError where there is no such index, or the priority is negative, not finite, or so
   * large that `capacity` of them would not have a finite sum.
   */
  set(index: number, priority: number): void {
    assertLeaf(index, priority, this.capacity);
    this.writeLeaf(0, index, priority);
    this.updateAncestors(1);
  }

  /**
   * Gives `indices[row]` the priority `priorities[row]`, for the rows 0 to `count - 1`; of an index that
   * comes twice, the last priority counts.
   *
   * It is fastest where the indices ascend: then parents that they share are computed once.
   *
   * @param indices - int32 `[count]` or longer.
   * @param priorities - float64 `[count]` or longer.
   * @param count - how many rows (default: all of `indices`).
   * @throws RangeError as {@link PriorityTree.set} does; it names the row. Nothing is changed then.
   */
  setMany(indices: Int32Array, priorities: Float64Array, count: number = indices.length): void {
    assertLeaves(indices, priorities, count, this.capacity);
    this.reserve(count);
    this.touch(indices, count);
    // All leaves before any ancestor, because each is a wait for memory: so the waits overlap.
    for (let row = 0; row < count; row++) this.writeLeaf(row, indices[row]!, priorities[row]!);
    this.updateAncestors(count);
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
    const found = new Int32Array(1);
    this.findMany(Float64Array.of(mass), found);
    return found[0]!;
  }

  /**
   * Writes to `found[row]` the item that {@link PriorityTree.find} finds for `masses[row]`, for the rows
   * 0 to `count - 1`.
   *
   * @param masses - float64 `[count]` or longer.
   * @param found - int32 `[count]` or longer.
   * @param count - how many rows (default: all of `masses`).
   * @throws RangeError as {@link PriorityTree.find} does, or where `found` is too short. Nothing is
   * written then.
   */
  findMany(masses: Float64Array, found: Int32Array, count: number = masses.length): void {
    assertMasses(masses, found, count);
    if (!(this.total > 0)) throw new RangeError('find: expected a positive priority, but all are 0');
    this.reserve(count);
    const { sums, nodes, values } = this;
    const { offsets } = this.levels;
    for (let row = 0; row < count; row++) {
      nodes[row] = 0;
      values[row] = masses[row]!;
    }
    for (let level = offsets.length - 2; level >= 0; level--) {
      descend(sums, offsets[level]!, nodes, values, count);
    }
    for (let row = 0; row < count; row++) found[row] = nodes[row]!;
  }

  /** Writes a priority, and into row `row` of the scratch what its ancestors have to know. */
  private writeLeaf(row: number, index: number, priority: number): void {
    this.nodes[row] = index;
    this.values[row] = this.sums[index]!;
    this.sums[index] = priority;
  }

  /** Brings up to date what is above the first `count` of `nodes`. */
  private updateAncestors(count: number): void {
    const { sums, nodes, values } = this;
    const { offsets } = this.levels;
    for (let row = 0; row < count; row++) this.minima.update(sums, nodes[row]!, values[row]!);
    let width = count;
    for (let level = 1; level < offsets.length; level++) {
      width = toParents(nodes, width);
      const own = offsets[level]!;
      const below = offsets[level - 1]!;
      for (let row = 0; row < width; row++) {
        const node = nodes[row]!;
        sums[own + node] = sumOfEight(sums, below + 8 * node);
      }
    }
  }

  /**
   * Reads the leaves and what is just above them, a cache line each, so that all waits for memory overlap: later
   * each read waits for a decision before it. The sum is kept because an engine drops reads that nobody uses.
   */
  private touch(indices: Int32Array, count: number): void {
    const { sums } = this;
    const parents = this.levels.offsets[1]!;
    let sum = 0;
    for (let row = 0; row < count; row++) {
      const parent = indices[row]! >>> 3;
      const leaves = 8 * parent;
      const siblings = parents + (parent & ~7);
      // Both ends, since eight neighbors may lie across two cache lines.
      sum += sums[leaves]! + sums[leaves + 7]! + sums[siblings]! + sums[siblings + 7]!;
      sum += this.minima.at(parent);
    }
    this.touched = sum;
  }

  private reserve(count: number): void {
    if (this.nodes.length >= count) return;
    this.nodes = new Int32Array(count);
    this.values = new Float64Array(count);
  }
}
