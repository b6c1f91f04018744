import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { userOf } from '../feedback/feedback-record.js';
import { recordIn } from './mend.js';
import { sealIn, sealLine } from './seal.js';

/**
 * Makes blanks of a user's records in a sealed segment, and seals it anew: what stays keeps its place, and a crash leaves the
 * old segment or the new one.
 *
 * @returns how many records those were.
 */
export async function forgetInSegment(file: string, user: string): Promise<number> {
  const bytes = await readFile(file);
  if (!bytes.includes(`"user":${JSON.stringify(user)}`)) return 0;
  let [forgotten, start] = [0, 0];
  for (let end = bytes.indexOf(10); end >= 0; start = end + 1, end = bytes.indexOf(10, start)) {
    const line = bytes.subarray(start, end);
    const seal = sealIn(line.subarray(0, 512).toString('utf8'));
    if (seal) {
      const sha256 = createHash('sha256').update(bytes.subarray(0, start)).digest('hex');
      bytes.write(sealLine({ ...seal, sha256 }), start); // as long as the one before
      continue;
    }
    const record = recordIn(line);
    if (record === 'none' || record === 'blank' || userOf(record) !== user) continue;
    line.fill(' ');
    forgotten += 1;
  }
  if (forgotten > 0) await replaceFile(file, bytes);
  return forgotten;
}

async function replaceFile(file: string, bytes: Buffer): Promise<void> {
  const draft = `${file}.draft`;
  try {
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
