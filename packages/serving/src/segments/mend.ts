import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { FeedbackRecord } from '../feedback/feedback-record.js';
import { linesOf } from './lines.js';

/** An open segment as far as it is whole. */
export interface Mended {
  /** Of its whole records. */
  readonly size: number;
  readonly hash: Hash;
  /** When the last one was written; −∞ where there is none. */
  readonly until: number;
  /** When the first one was written; undefined where there is none. */
  readonly from: number | undefined;
  /** How many bytes of a half-written record were cut off: nobody was told that it is there. */
  readonly cut: number;
}

/**
 * Cuts off what a process that died left half written at the end of a segment.
 *
 * @throws Error where something that is no record stands before a whole one: then it is damage, and not a half-written end.
 */
export async function mendSegment(handle: FileHandle, file: string): Promise<Mended> {
  const { size: length } = await handle.stat();
  const hash = createHash('sha256');
  let [size, until, damagedAt] = [0, -Infinity, -1];
  let from: number | undefined;
  for await (const { bytes, offset } of linesOf(handle, { end: length })) {
    const record = recordIn(bytes);
    if (record === 'none') {
      if (damagedAt < 0) damagedAt = offset;
      continue;
    }
    if (damagedAt >= 0) {
      throw new Error(
        `${file}: the log is damaged, there is no record at byte ${damagedAt}, and there are some after it`,
      );
    }
    hash.update(bytes).update('\n');
    size = offset + bytes.length + 1;
    if (record === 'blank') continue;
    from ??= record.at;
    until = record.at;
  }
  if (size < length) {
    await handle.truncate(size);
    await handle.datasync();
  }
  return { size, hash, from, until, cut: length - size };
}

/** What a line holds: a record, `blank` where it was forgotten, `none` where it is something else. */
export function recordIn(bytes: Buffer): FeedbackRecord | 'blank' | 'none' {
  const text = bytes.toString('utf8');
  if (text.trim() === '') return text === '' ? 'none' : 'blank';
  try {
    const value = JSON.parse(text) as Partial<FeedbackRecord> | null;
    const isRecord = typeof value?.kind === 'string' && typeof value.at === 'number';
    return isRecord ? (value as FeedbackRecord) : 'none';
  } catch {
    return 'none';
  }
}
