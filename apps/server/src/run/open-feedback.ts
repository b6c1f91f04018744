import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { FeedbackLog, FeedbackRecord } from '@rl-recsys/serving';
import { openSegmentLog, readRecords } from '@rl-recsys/serving/folder';

/** Where a feedback log is: in a folder, or where a Redis is named in that. */
export interface FeedbackPlace {
  /** A folder; of a Redis the last part of it is the name of the log. */
  readonly feedback: string;
  /** The URL of a Redis. */
  readonly redis?: string | undefined;
}

/** Opens a log to write it, and says what was mended. */
export async function openFeedback({ feedback, redis }: FeedbackPlace): Promise<FeedbackLog> {
  if (redis !== undefined) {
    const { openRedisLog } = await import('@rl-recsys/serving/redis');
    return openRedisLog({ url: redis, name: basename(feedback) });
  }
  const log = await openSegmentLog(feedback);
  if (log.mended > 0) {
    console.log(
      `${feedback}: cut off ${log.mended} bytes of a record that was half written, and not accepted`,
    );
  }
  return log;
}

/**
 * The records of a log as far as it is written, also while servers write it.
 *
 * @throws Error where there is none, or it is damaged.
 */
export async function* feedbackIn({ feedback, redis }: FeedbackPlace): AsyncGenerator<FeedbackRecord> {
  if (redis === undefined) {
    if (!existsSync(feedback))
      throw new Error(`--feedback: expected the folder of a log, but there is no ${feedback}`);
    yield* readRecords(feedback);
    return;
  }
  const log = await openFeedback({ feedback, redis });
  try {
    for await (const { record } of log.records()) yield record;
  } finally {
    await log.close();
  }
}
