import { open } from 'node:fs/promises';

/** The last line of a segment to which nothing is added any more. */
export interface Seal {
  readonly kind: 'seal';
  /** Of all bytes before this line. */
  readonly sha256: string;
  /** How many bytes those are. */
  readonly bytes: number;
  /** When its last record was written. */
  readonly until: number;
}

export function sealLine(seal: Omit<Seal, 'kind'>): string {
  return JSON.stringify({ kind: 'seal', ...seal }) + '\n';
}

/** Longer than any seal. */
const TAIL = 512;

/** The seal of a segment; undefined where it has none. */
export async function readSeal(file: string): Promise<Seal | undefined> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(TAIL, size));
    await handle.read(tail, 0, tail.length, size - tail.length);
    const lines = tail.toString('utf8').split('\n');
    return lines.pop() === '' ? sealIn(lines.pop() ?? '') : undefined;
  } finally {
    await handle.close();
  }
}

/** The seal that a line is; undefined where it is something else. */
export function sealIn(line: string): Seal | undefined {
  if (!line.startsWith('{"kind":"seal"')) return undefined;
  try {
    return JSON.parse(line) as Seal;
  } catch {
    return undefined;
  }
}
