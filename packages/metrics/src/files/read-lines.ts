import { createReadStream } from 'node:fs';
import { JsonLines } from '../json-lines.js';

/**
 * All records of a file of JSON lines; a last line that has no end yet is left out.
 *
 * @throws SyntaxError where a line is no JSON; file and line are named.
 */
export async function readJsonLines<Value>(path: string): Promise<Value[]> {
  const lines = new JsonLines<Value>();
  const records: Value[] = [];
  for await (const piece of createReadStream(path, 'utf8')) {
    try {
      records.push(...lines.push(piece as string));
    } catch (error) {
      throw new SyntaxError(`${path}, ${(error as Error).message}`, { cause: error });
    }
  }
  return records;
}
