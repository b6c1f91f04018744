/**
 * A copy of all that agents read in a value: typed arrays, arrays and plain records, at any depth.
 *
 * Unlike `structuredClone` it doesn't fail for functions and class instances; those stay themselves.
 */
export function copyOf(value: unknown, copies: Map<object, unknown> = new Map()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (copies.has(value)) return copies.get(value);
  if (isTypedArray(value)) return value.slice();
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    copies.set(value, copy);
    for (const entry of value as unknown[]) copy.push(copyOf(entry, copies));
    return copy;
  }
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  copies.set(value, copy);
  for (const [name, entry] of Object.entries(value)) copy[name] = copyOf(entry, copies);
  return copy;
}

/** The typed arrays, arrays and plain records that a value consists of, each with its path. */
export function partsOf(
  value: unknown,
  path: string,
  parts: Map<object, string> = new Map(),
): Map<object, string> {
  if (typeof value !== 'object' || value === null || parts.has(value)) return parts;
  if (isTypedArray(value)) return parts.set(value, path);
  if (!Array.isArray(value) && !isRecord(value)) return parts;
  parts.set(value, path);
  for (const [name, entry] of Object.entries(value)) {
    partsOf(entry, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`, parts);
  }
  return parts;
}

/** Whether a value is an array of numbers, of this realm or another. */
export function isTypedArray(value: unknown): value is Float32Array {
  return ArrayBuffer.isView(value) && 'BYTES_PER_ELEMENT' in value;
}

/** Whether a value is an object literal or an instance of a class with no inner state of the engine's. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
