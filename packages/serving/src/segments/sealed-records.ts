import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FeedbackRecord } from '../feedback/feedback-record.js';
import { linesOf } from './lines.js';
import { recordIn } from './mend.js';
import { sealIn } from './seal.js';

/**
 * The records of a segment, with the bytes before each.
 *
 * @param end - how many bytes of it there are to read (default: all, and then a seal has to be right).
 * @throws Error where a line is no record, or the segment is not what it was when it was sealed.
 */
export async function* sealedRecords(
  file: string,
  end?: number,
): AsyncGenerator<{ readonly record: FeedbackRecord; readonly offset: number }> {
  const handle = await open(file);
  const hash = createHash('sha256');
  try {
    const length = end ?? (await handle.stat()).size;
    for await (const { bytes, offset } of linesOf(handle, { end: length })) {
      const seal = sealIn(bytes.subarray(0, 512).toString('utf8'));
      if (seal) {
        if (hash.digest('hex') !== seal.sha256)
          throw new Error(`${file}: the log is damaged, this segment has changed`);
        return;
      }
      hash.update(bytes).update('\n');
      const record = recordIn(bytes);
      if (record === 'none')
        throw new Error(`${file}: the log is damaged, there is no record at byte ${offset}`);
      if (record !== 'blank') yield { record, offset };
    }
  } finally {
    await handle.close();
  }
}
