/** What is used of a browser's `FileSystemFileHandle`. */
export interface OpfsFile {
  readonly kind: 'file';
  readonly name: string;
  getFile(): Promise<{ arrayBuffer(): Promise<ArrayBuffer> }>;
}

/** What is used of a browser's `FileSystemDirectoryHandle`. */
export interface OpfsDirectory {
  readonly kind: 'directory';
  readonly name: string;
  getFileHandle(name: string, options?: { create?: boolean }): Promise<OpfsFile>;
  getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<OpfsDirectory>;
  removeEntry(name: string): Promise<void>;
}

/** A file with what only some browsers or workers have. */
interface WritableFile extends OpfsFile {
  createWritable?(): Promise<{ write(bytes: Uint8Array): Promise<void>; close(): Promise<void> }>;
  createSyncAccessHandle?(): Promise<SyncAccess>;
  move?(name: string): Promise<void>;
}

interface SyncAccess {
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}

/** No type of a browser is known to a build for Node. */
interface Browser {
  readonly navigator?: {
    readonly storage?: { getDirectory?(): Promise<OpfsDirectory> };
    readonly locks?: { request<T>(name: string, whileHeld: () => Promise<T>): Promise<T> };
  };
}

/** @throws Error where there is no origin private file system, as in Node or on a page without https. */
export async function originRoot(): Promise<OpfsDirectory> {
  const { navigator } = globalThis as unknown as Browser;
  const root = await navigator?.storage?.getDirectory?.();
  if (root) return root;
  throw new Error('opfsStorage: expected a browser, on https or localhost, got no navigator.storage');
}

/** Alone among all pages and workers of the origin. */
export function alone<T>(name: string, whileHeld: () => Promise<T>): Promise<T> {
  const { navigator } = globalThis as unknown as Browser;
  return navigator!.locks!.request(`@rl-recsys/storage ${name}`, whileHeld);
}

/** What `answer` gives, `undefined` where an entry on the way is missing. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if ((error as { name?: unknown }).name === 'NotFoundError') return undefined;
    throw error;
  }
}

/** Where a path leads: its folder below `root`, made where `create` says so, and its last part. */
export async function placeOf(
  root: OpfsDirectory,
  path: string,
  create: boolean,
): Promise<{ folder: OpfsDirectory; base: string }> {
  const parts = path.split('/');
  const base = parts.pop()!;
  let folder = root;
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create });
  return { folder, base };
}

/** The paths of all files below `folder`, in any order, with `prefix` before them. */
export async function filesBelow(folder: OpfsDirectory, prefix: string): Promise<string[]> {
  const found: string[] = [];
  const entries = (folder as unknown as { values(): AsyncIterable<OpfsFile | OpfsDirectory> }).values();
  for await (const entry of entries) {
    const path = `${prefix}${entry.name}`;
    if (entry.kind === 'file') found.push(path);
    else found.push(...(await filesBelow(entry, `${path}/`)));
  }
  return found;
}

/** Fills a new file, with whichever of the two ways there is. */
export async function fillFile(file: OpfsFile, bytes: Uint8Array): Promise<void> {
  const writable = file as WritableFile;
  if (writable.createWritable) {
    const stream = await writable.createWritable();
    await stream.write(bytes);
    await stream.close();
    return;
  }
  if (!writable.createSyncAccessHandle) {
    throw new Error(
      'opfsStorage: expected createWritable or, in a worker, createSyncAccessHandle; got neither',
    );
  }
  const access = await writable.createSyncAccessHandle();
  try {
    const written = access.write(bytes, { at: 0 });
    if (written !== bytes.length) {
      throw new Error(`opfsStorage: expected room for ${bytes.length} bytes, got it for ${written}`);
    }
    access.flush();
  } finally {
    access.close();
  }
}

/** Gives a file another name in its folder, in place of what has that name. */
export async function moveFile(file: OpfsFile, name: string): Promise<void> {
  const movable = file as WritableFile;
  if (!movable.move)
    throw new Error('opfsStorage: expected FileSystemFileHandle.move, which this browser lacks');
  await movable.move(name);
}
