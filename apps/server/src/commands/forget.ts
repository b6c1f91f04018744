import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { FRESH_LIKES } from '@rl-recsys/serving';
import { openSegmentLog } from '@rl-recsys/serving/folder';

/** Where logs are unless it is said otherwise: one for each run that was served. */
export const FEEDBACK = 'feedback';

/**
 * Removes a user's records from a log that no server has open, or from all below {@link FEEDBACK}.
 *
 * @throws Error where there is no log, or a server has it open.
 */
export async function forget(user: string, feedback: string | undefined): Promise<void> {
  for (const folder of feedback === undefined ? allLogs() : [feedback]) await forgetIn(folder, user);
}

function allLogs(): string[] {
  const names = existsSync(FEEDBACK) ? readdirSync(FEEDBACK, { withFileTypes: true }) : [];
  const folders = names.filter((entry) => entry.isDirectory()).map(({ name }) => join(FEEDBACK, name));
  if (folders.length > 0) return folders;
  throw new Error(`--feedback: expected the folder of a log, since there is none below ${FEEDBACK}`);
}

async function forgetIn(feedback: string, user: string): Promise<void> {
  if (!existsSync(feedback))
    throw new Error(`--feedback: expected the folder of a log, but there is no ${feedback}`);
  const log = await openSegmentLog(feedback).catch((cause: Error) => {
    const hint = '; ask that server: POST /v1/forget { "user": … }';
    throw cause.message.includes('nobody has open') ? new Error(cause.message + hint, { cause }) : cause;
  });
  try {
    await folderStorage(feedback).remove(FRESH_LIKES); // the log has what is left of it
    console.log(`${feedback}: removed ${await log.forget(user)} records of ${user}`);
  } finally {
    await log.close();
  }
}
