/** @throws RangeError where `value` is not an integer of at least 1. */
export function assertPositiveInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name}: expected a positive integer, got ${value}`);
  }
}

/** @throws RangeError where `value` is not a number from 0 to 1. */
export function assertShare(name: string, value: number): void {
  if (!(typeof value === 'number' && value >= 0 && value <= 1))
    throw new RangeError(`${name}: expected 0 to 1, got ${value}`);
}

/** @throws RangeError where `index` is no leaf of a tree of `capacity`, or `priority` cannot be in it. */
export function assertLeaf(index: number, priority: number, capacity: number): void {
  if (!isLeaf(index, capacity)) throw new RangeError(`index: expected 0 to ${capacity - 1}, got ${index}`);
  const highest = highestPriority(capacity);
  if (!(priority >= 0 && priority <= highest)) {
    throw new RangeError(`priority: expected a number from 0 to ${highest}, got ${priority}`);
  }
}

/** @throws RangeError where one of the first `count` rows is none that {@link assertLeaf} accepts. */
export function assertLeaves(
  indices: Int32Array,
  priorities: Float64Array,
  count: number,
  capacity: number,
): void {
  const highest = highestPriority(capacity);
  for (let row = 0; row < count; row++) {
    const index = indices[row]!;
    if (!isLeaf(index, capacity)) {
      throw new RangeError(`indices[${row}]: expected 0 to ${capacity - 1}, got ${index}`);
    }
    const priority = priorities[row]!;
    if (!(priority >= 0 && priority <= highest)) {
      throw new RangeError(`priorities[${row}]: expected a number from 0 to ${highest}, got ${priority}`);
    }
  }
}

/** @throws RangeError where one of the first `count` masses is negative or NaN, or `found` is too short. */
export function assertMasses(masses: Float64Array, found: Int32Array, count: number): void {
  if (found.length < count) {
    throw new RangeError(`found: expected at least ${count} rows, got ${found.length}`);
  }
  for (let row = 0; row < count; row++) {
    const mass = masses[row]!;
    if (!(mass >= 0)) throw new RangeError(`masses[${row}]: expected a number of at least 0, got ${mass}`);
  }
}

/** @throws RangeError where `priority` can't be in a tree of `capacity` and be drawn. */
export function assertPriority(name: string, priority: unknown, capacity: number): void {
  const highest = highestPriority(capacity);
  if (typeof priority === 'number' && priority > 0 && priority <= highest) return;
  throw new RangeError(`${name}: expected a number above 0 and at most ${highest}, got ${String(priority)}`);
}

function isLeaf(index: number, capacity: number): boolean {
  return Number.isSafeInteger(index) && index >= 0 && index < capacity;
}

function highestPriority(capacity: number): number {
  // Half, because the sums of a full tree may be rounded upwards.
  return Number.MAX_VALUE / 2 / capacity;
}
