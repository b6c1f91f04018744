import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { FRESH_LIKES } from '@rl-recsys/serving';
import { openFeedback, type FeedbackPlace } from '../run/open-feedback.js';

/** Where logs are unless it is said otherwise: one for each run that was served. */
export const FEEDBACK = 'feedback';

/**
 * Removes a user's records from a log that no server has open, or from all below {@link FEEDBACK}; from one in a Redis also while servers write it.
 *
 * @throws Error where there is no log, or a server has it open.
 */
export async function forget(user: string, { feedback, redis }: Partial<FeedbackPlace>): Promise<void> {
  if (redis !== undefined && feedback === undefined)
    throw new Error('--feedback: expected with --redis: the name of the log there');
  const logs = feedback === undefined ? allLogs() : [feedback];
  for (const each of logs) await forgetIn({ feedback: each, redis }, user);
}

function allLogs(): string[] {
  const names = existsSync(FEEDBACK) ? readdirSync(FEEDBACK, { withFileTypes: true }) : [];
  const folders = names.filter((entry) => entry.isDirectory()).map(({ name }) => join(FEEDBACK, name));
  if (folders.length > 0) return folders;
  throw new Error(`--feedback: expected the folder of a log, since there is none below ${FEEDBACK}`);
}

async function forgetIn({ feedback, redis }: FeedbackPlace, user: string): Promise<void> {
  if (redis === undefined && !existsSync(feedback))
    throw new Error(`--feedback: expected the folder of a log, but there is no ${feedback}`);
  const log = await openFeedback({ feedback, redis }).catch((cause: Error) => {
    const hint = '; ask that server: POST /v1/forget { "user": … }';
    throw cause.message.includes('nobody has open') ? new Error(cause.message + hint, { cause }) : cause;
  });
  try {
    // The log has what is left of it; servers that share one in a Redis keep none.
    if (redis === undefined) await folderStorage(feedback).remove(FRESH_LIKES);
    console.log(`${feedback}: removed ${await log.forget(user)} records of ${user}`);
  } finally {
    await log.close();
  }
}
