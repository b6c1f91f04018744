import { open } from 'node:fs/promises';
import { sep } from 'node:path';

/** Brings the names in a folder to the disk. Windows opens no folders, and needs no such care. */
export async function syncFolder(folder: string): Promise<void> {
  if (sep === '\\') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
