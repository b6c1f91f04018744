import { expect } from '@jest/globals';

/** Expects JSON values and typed arrays, in arrays and plain objects, and nothing else: no undefined, say. */
export function expectSaved(value: unknown, place = 'value'): void {
  if (value === null || ['boolean', 'number', 'string'].includes(typeof value)) return;
  if (ArrayBuffer.isView(value)) return;
  if (Array.isArray(value)) return value.forEach((each, index) => expectSaved(each, `${place}[${index}]`));
  const plain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
  expect([place, plain ? 'saved' : typeof value]).toEqual([place, 'saved']);
  for (const [name, each] of Object.entries(value as object)) expectSaved(each, `${place}.${name}`);
}
