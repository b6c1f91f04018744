import type { FeedbackRecord } from '../feedback/feedback-record.js';
import { sealedRecords } from './sealed-records.js';
import { segmentFile, segmentsIn } from './segment-names.js';

/**
 * The records of a log as far as it is written, oldest first, also while a server has it open: nothing is changed, and a line that is
 * not ended is left out.
 *
 * @throws Error where there is no such folder, or a segment is damaged.
 */
export async function* readRecords(folder: string): AsyncGenerator<FeedbackRecord> {
  for (const segment of await segmentsIn(folder)) {
    for await (const { record } of sealedRecords(segmentFile(folder, segment))) yield record;
  }
}
