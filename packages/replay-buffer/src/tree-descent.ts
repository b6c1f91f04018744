/** Where the first child ends, the first two, … the first seven; written anew for every node. */
const ends: Float64Array = new Float64Array(8);

/**
 * One step down a tree of sums for a whole batch: `nodes[row]` becomes its child in which `rests[row]`
 * lies, `rests[row]` what is left of it there. A rest beyond the last child goes to the last one above 0.
 *
 * A batch goes down together, because a step waits for memory: the waits of its rows overlap.
 *
 * @param sums - the tree; some child of every node in `nodes` is above 0.
 * @param level - where the level of the children begins.
 */
export function descend(
  sums: Float64Array,
  level: number,
  nodes: Int32Array,
  rests: Float64Array,
  count: number,
): void {
  readAhead(sums, level, nodes, count);
  for (let row = 0; row < count; row++) {
    const first = level + 8 * nodes[row]!;
    const rest = rests[row]!;
    const end1 = sums[first]!;
    const end2 = end1 + sums[first + 1]!;
    const end3 = end2 + sums[first + 2]!;
    const end4 = end3 + sums[first + 3]!;
    const end5 = end4 + sums[first + 4]!;
    const end6 = end5 + sums[first + 5]!;
    const end7 = end6 + sums[first + 6]!;
    ends[1] = end1;
    ends[2] = end2;
    ends[3] = end3;
    ends[4] = end4;
    ends[5] = end5;
    ends[6] = end6;
    ends[7] = end7;
    // Counted without a branch: where a random mass lies, no processor can guess.
    let child =
      +(rest >= end1) +
      +(rest >= end2) +
      +(rest >= end3) +
      +(rest >= end4) +
      +(rest >= end5) +
      +(rest >= end6) +
      +(rest >= end7);
    let left = rest - ends[child]!;
    if (!(sums[first + child]! > 0)) {
      // The rest was rounded up, or lies beyond the total: on to the last that is not empty.
      while (!(sums[first + child]! > 0)) child--;
      left = Infinity;
    }
    nodes[row] = first - level + child;
    rests[row] = left;
  }
}

/**
 * Reads the children of all nodes, for nothing but to have them in the cache.
 *
 * The step itself does so much with each node that a processor looks only a few nodes ahead; of plain
 * reads it has as many under way as memory allows.
 */
function readAhead(sums: Float64Array, level: number, nodes: Int32Array, count: number): void {
  let read = 0;
  for (let row = 0; row < count; row++) {
    const first = level + 8 * nodes[row]!;
    // Both ends, since eight neighbors may lie across two cache lines.
    read += sums[first]! + sums[first + 7]!;
  }
  unused[0] = read;
}

/** Written, so that no compiler leaves the reads out. */
const unused: Float64Array = new Float64Array(1);
