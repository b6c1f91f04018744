import type { ByteIds } from '../byte-ids.js';
import type { Problem } from '../advice.js';
import type { Cells } from '../cells.js';
import { parseNumber } from '../numbers.js';
import { firstBytes } from './header.js';
import { JsonArray } from './json-array.js';
import { openText } from './open-text.js';
import { Records } from './records.js';
import type { DecimalMark, TextEncoding, TextOptions } from './text-options.js';
import type { TextSource } from './text-source.js';
import { textOf, writeText } from './utf8.js';

/** Texts, and numbers that float64 may not hold exactly. */
const textOrLongNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** A text that should be a JSON object, and where it begins. */
interface JsonText {
  readonly text: string;
  readonly line: number;
  readonly problem: Problem | undefined;
}

/**
 * Reads the keys `names` of a file of one JSON object a line (NDJSON), or of one array of objects. A key that is missing
 * holds nothing.
 *
 * @throws DatasetError where the file cannot be read.
 */
export async function readJsonCells(
  source: TextSource,
  { encoding, decimal = 'point' }: TextOptions,
  names: readonly string[],
  onRow: (cells: Cells) => void,
): Promise<void> {
  const cells = new JsonCells(names, decimal);
  const isArray = startsArray(await firstBytes(source, encoding));
  await readTexts(openText(source, encoding), isArray, (text) => onRow(cells.set(text)));
}

/**
 * The keys of the first object of a file.
 *
 * @throws DatasetError where the file cannot be read.
 */
export async function jsonKeys(source: TextSource, encoding: TextEncoding | undefined): Promise<string[]> {
  const bytes = await firstBytes(source, encoding);
  let keys: string[] | undefined;
  await readTexts([bytes], startsArray(bytes), ({ text }) => {
    const row = keys === undefined ? parseRow(text) : undefined;
    if (row) keys = Object.keys(row);
  });
  return keys ?? [];
}

/** No object begins with a bracket, so that a text that does is an array. */
function startsArray(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*\[/.test(textOf(bytes.subarray(0, 1 << 10)));
}

async function readTexts(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  isArray: boolean,
  onText: (text: JsonText) => void,
): Promise<void> {
  if (isArray) {
    const array = new JsonArray();
    return array.read(chunks, () => onText(array));
  }
  const records = new Records({ quotes: false });
  await records.read(chunks, () => {
    const text = records.text(0);
    if (text.trim() !== '') onText({ text, line: records.line, problem: records.problem });
  });
}

class JsonCells implements Cells {
  readonly idKind = 'an id';
  line = 0;
  problem: Problem | undefined;
  private row: Record<string, unknown> = {};
  private scratch = new Uint8Array(256);

  constructor(
    readonly names: readonly string[],
    readonly decimal: DecimalMark,
  ) {}

  set({ text, line, problem }: JsonText): this {
    this.line = line;
    this.problem = problem;
    const row = problem === undefined ? parseRow(text) : undefined;
    if (row === undefined) this.problem ??= { reason: 'expected a JSON object' };
    this.row = row ?? {};
    return this;
  }

  isId(place: number): boolean {
    const value = this.value(place);
    return value !== undefined && value !== null && value !== '' && typeof value !== 'object';
  }

  addTo(ids: ByteIds, place: number): number {
    const text = this.text(place);
    if (3 * text.length > this.scratch.length) this.scratch = new Uint8Array(6 * text.length);
    return ids.add(this.scratch, 0, writeText(text, this.scratch));
  }

  number(place: number): number {
    const value = this.value(place);
    const number = typeof value === 'string' ? parseNumber(value, this.decimal) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : NaN;
  }

  isTime(): boolean {
    return false;
  }

  text(place: number): string {
    const value = this.value(place);
    if (value === undefined || value === null) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  list(place: number): readonly string[] | undefined {
    const value = this.value(place);
    return Array.isArray(value) ? value.map(String) : undefined;
  }

  private value(place: number): unknown {
    const name = this.names[place]!;
    return Object.hasOwn(this.row, name) ? this.row[name] : undefined;
  }
}

function parseRow(text: string): Record<string, unknown> | undefined {
  // JSON.parse would round long integers, which are usually ids.
  const exact = /\d{16}/.test(text)
    ? text.replace(textOrLongNumber, (part) => (part.startsWith('"') ? part : `"${part}"`))
    : text;
  try {
    const row: unknown = JSON.parse(exact);
    return typeof row === 'object' && row !== null && !Array.isArray(row)
      ? (row as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
