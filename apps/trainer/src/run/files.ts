import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderStorage } from '@rl-recsys/storage/folder';

/** Writes a value as JSON that a person can read, all at once or not at all; it makes the folder. */
export function writeJson(folder: string, file: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value, null, 2) + '\n';
  return folderStorage(folder).write(file, new TextEncoder().encode(text));
}

/** Writes values as JSON, one a line. */
export function writeLines(folder: string, file: string, lines: readonly unknown[]): Promise<void> {
  return writeFile(join(folder, file), lines.map((line) => JSON.stringify(line) + '\n').join(''));
}
