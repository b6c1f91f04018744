/** A few words that show a value of any kind in a message; never throws. */
export function describe(value: unknown): string {
  try {
    return wordsFor(value);
  } catch {
    return 'a value that cannot be shown';
  }
}

const shown = 5;

function wordsFor(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value));
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (isError(value)) return cut(`${value.name}: ${value.message}`);
  const name = typeName(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const array = value as unknown as ArrayLike<unknown>;
    const first = Array.from({ length: Math.min(array.length, shown) }, (_, index) =>
      typeof array[index] === 'object' ? '{…}' : describe(array[index]),
    );
    return `${name}(${array.length}) [${first.join(', ')}${array.length > shown ? ', …' : ''}]`;
  }
  const keys = Object.keys(value);
  const entries = `{ ${keys.slice(0, shown).join(', ')}${keys.length > shown ? ', …' : ''} }`;
  if (name !== 'Object') return name;
  return keys.length === 0 ? '{}' : entries;
}

/** Errors of any realm, and a DOMException, which is one by its fields. */
function isError(value: object): value is Error {
  return value instanceof Error || ['Error', 'DOMException'].includes(typeName(value));
}

/** `Float32Array` for one of any realm, the class's name for others. */
export function typeName(value: object): string {
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return tag === 'Object' ? value.constructor?.name || 'Object' : tag;
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
