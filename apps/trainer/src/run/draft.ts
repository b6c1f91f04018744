import { rmSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a file or folder all at once or not at all: `write` makes it beside its place, and then it takes its name.
 * What is half written is removed, also where an interrupt ends the process.
 */
export async function throughDraft(target: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = join(dirname(target), `.${basename(target)}-${process.pid}`);
  await mkdir(dirname(draft), { recursive: true });
  const removeDraft = () => rmSync(draft, { recursive: true, force: true });
  const stop = () => process.exit(130); // an interrupt, which alone would run no exit handler
  process.once('exit', removeDraft).once('SIGINT', stop);
  try {
    await write(draft);
    await rename(draft, target);
  } finally {
    process.off('exit', removeDraft).off('SIGINT', stop);
    removeDraft();
  }
}
