import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The file of a segment, such as `000012.ndjson`. */
export function segmentFile(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(6, '0')}.ndjson`);
}

/** The numbers of a log's segments, oldest first. */
export async function segmentsIn(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /^\d{6,}\.ndjson$/.test(name))
    .map((name) => parseInt(name, 10))
    .sort((a, b) => a - b);
}

/** Where a record lies: which segment, and how many bytes into it. */
export interface Place {
  readonly segment: number;
  readonly offset: number;
}

/** Segments are smaller than this, so that a place is one safe integer. */
const MOST_BYTES = 2 ** 32;

export function positionOf({ segment, offset }: Place): number {
  return segment * MOST_BYTES + offset;
}

export function placeOf(position: number): Place {
  const segment = Math.floor(position / MOST_BYTES);
  return { segment, offset: position - segment * MOST_BYTES };
}
