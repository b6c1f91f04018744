import type { StorageMethods } from './record-storage.js';

/** The half of a storage that only refuses. `source` says what can't be written, such as `a .tar`. */
export function refuseWrites(source: string): Pick<StorageMethods, 'write' | 'remove'> {
  const refuse = (method: string) => (name: string) => {
    throw new Error(`${method} ${name}: expected a storage that can be written, got ${source}`);
  };
  return { write: refuse('write'), remove: refuse('remove') };
}
