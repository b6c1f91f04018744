/** Where the levels of a tree lie in one array, every node with eight children. */
export interface TreeLevels {
  /** The first place of each level: of the leaves, of each level above them, at last of the root. */
  readonly offsets: Int32Array;
  /** How many places the leaves take. */
  readonly leaves: number;
  /** How many places all levels take; the root has the last. */
  readonly length: number;
}

/**
 * The levels of a tree with at least `capacity` leaves and one level above them.
 *
 * Node n of a level has the children 8n to 8n + 7 of the level below.
 */
export function layTreeLevels(capacity: number): TreeLevels {
  const offsets = [0];
  let nodes = capacity;
  let length = 0;
  do {
    const parents = Math.ceil(nodes / 8);
    // Whole groups of eight, so that nobody who reads one has to ask where the level ends.
    length += 8 * parents;
    offsets.push(length);
    nodes = parents;
  } while (nodes > 1);
  return { offsets: Int32Array.from(offsets), leaves: offsets[1]!, length: length + 1 };
}

/**
 * Overwrites the first `count` of `nodes` with their parents, but where neighbors have the same
 * parent, with one of it.
 *
 * @returns how many parents there are.
 */
export function toParents(nodes: Int32Array, count: number): number {
  let parents = 0;
  let previous = -1;
  for (let row = 0; row < count; row++) {
    const parent = nodes[row]! >>> 3;
    if (parent !== previous) nodes[parents++] = parent;
    previous = parent;
  }
  return parents;
}
