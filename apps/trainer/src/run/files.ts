import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a value as JSON that a person can read. */
export function writeJson(folder: string, file: string, value: unknown): Promise<void> {
  return writeFile(join(folder, file), JSON.stringify(value, null, 2) + '\n');
}

/** Writes values as JSON, one a line. */
export function writeLines(folder: string, file: string, lines: readonly unknown[]): Promise<void> {
  return writeFile(join(folder, file), lines.map((line) => JSON.stringify(line) + '\n').join(''));
}
