/** @throws RangeError where `value` is not an integer of at least 1. */
export function assertPositiveInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name}: expected a positive integer, got ${value}`);
  }
}

/** @throws RangeError where `value` is not a number from 0 to 1. */
export function assertShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name}: expected 0 to 1, got ${value}`);
}

/** @throws RangeError where `index` is no leaf of a tree of `capacity`, or `priority` cannot be in it. */
export function assertLeaf(index: number, priority: number, capacity: number): void {
  if (!Number.isSafeInteger(index) || index < 0 || index >= capacity) {
    throw new RangeError(`index: expected 0 to ${capacity - 1}, got ${index}`);
  }
  // Half, because the sums of a full tree may be rounded upwards.
  const highest = Number.MAX_VALUE / 2 / capacity;
  if (!(priority >= 0 && priority <= highest)) {
    throw new RangeError(`priority: expected a number from 0 to ${highest}, got ${priority}`);
  }
}
