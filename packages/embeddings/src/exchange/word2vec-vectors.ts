import { createEmbeddingTable } from '../embedding-table.js';
import { assertIdentified, type IdentifiedVectors } from './identified-vectors.js';
import { utf8Of } from './utf8.js';

const NEWLINE = 10;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Vectors as the text that word2vec and gensim's `KeyedVectors.load_word2vec_format` know: a line with how many there
 * are and their size, and then a line `id v1 v2 …` each. Numbers have nine digits, which give the same float32 again.
 *
 * @throws RangeError where there is not one id for each row, or an id is empty or has a space; it names the row.
 */
export function encodeWord2Vec(vectors: IdentifiedVectors): Uint8Array {
  assertIdentified(vectors);
  const { ids, table } = vectors;
  const { rows, size, vectors: numbers } = table;
  const encoder = new TextEncoder();
  const lines = [encoder.encode(`${rows} ${size}\n`)];
  for (const [row, id] of ids.entries()) {
    if (id === '' || /\s/.test(id)) {
      throw new RangeError(`ids[${row}]: expected text without spaces, got ${JSON.stringify(id)}`);
    }
    const words = Array.from(numbers.subarray(row * size, (row + 1) * size), nineDigits);
    lines.push(encoder.encode(`${id} ${words.join(' ')}\n`));
  }
  return concatenate(lines);
}

/**
 * The vectors of a word2vec text.
 *
 * @throws RangeError where a line has another form or length, a number is none or not finite in float32, or there are
 * more or fewer lines than the first one says, or it is no UTF-8; it names the line.
 */
export function decodeWord2Vec(bytes: Uint8Array): IdentifiedVectors {
  const first = endOfLine(bytes, 0);
  const header = utf8Of('line 1', bytes.subarray(0, first)).trimEnd();
  const [, rows, size] = (/^(\d+) ([1-9]\d*)$/.exec(header) ?? []).map(Number);
  if (rows === undefined || size === undefined) {
    throw new RangeError(
      `line 1: expected how many vectors and their size, got ${JSON.stringify(header.slice(0, 80))}`,
    );
  }
  if (rows * size > bytes.length) {
    // a number takes a byte at least: nothing is made for a wrong header
    throw new RangeError(`line 1: expected as many vectors as there are lines, got ${rows} of size ${size}`);
  }
  const vectors = new Float32Array(rows * size);
  const ids: string[] = [];
  for (let start = first + 1; start < bytes.length;) {
    const end = endOfLine(bytes, start);
    const line = ids.length + 2;
    const [id = '', ...words] = utf8Of(`line ${line}`, bytes.subarray(start, end)).trimEnd().split(' ');
    if (id === '' || words.length !== size) {
      throw new RangeError(`line ${line}: expected an id and ${size} numbers, got ${words.length} numbers`);
    }
    if (ids.length === rows) {
      throw new RangeError(`line ${line}: expected the end after ${rows} vectors, got another`);
    }
    for (const [place, word] of words.entries()) {
      const value = Math.fround(Number(word));
      if (!NUMBER.test(word) || !Number.isFinite(value)) {
        throw new RangeError(`line ${line}: expected a finite number, got ${JSON.stringify(word)}`);
      }
      vectors[ids.length * size + place] = value;
    }
    ids.push(id);
    start = end + 1;
  }
  if (ids.length !== rows) {
    throw new RangeError(`line ${ids.length + 2}: expected ${rows} vectors, got ${ids.length}`);
  }
  return { ids, table: createEmbeddingTable(vectors, size) };
}

/** -0 has a sign. */
function nineDigits(value: number): string {
  return Object.is(value, -0) ? '-0' : String(Number(value.toPrecision(9)));
}

function endOfLine(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(NEWLINE, start);
  return end < 0 ? bytes.length : end;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
