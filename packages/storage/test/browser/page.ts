import {
  checkRecordStorage,
  decodeSaved,
  encodeSaved,
  httpStorage,
  memoryStorage,
  opfsStorage,
  tarStorage,
  toTar,
  type OpfsDirectory,
  type StorageFinding,
} from '../../src/index.js';

/** What runs in Chromium, in a page and in a worker of it: real storages, nothing in their place. */
export interface Report {
  readonly storage: StorageFinding[];
  /** Files below the directory, drafts included. */
  readonly filesAfterCheck: string[];
  readonly root: string[];
  readonly draftsListed: string[];
  readonly afterDraft: number[];
  readonly fromServer: StorageFinding[];
  readonly saved: string;
}

interface Scope {
  readonly navigator: { readonly storage: { getDirectory(): Promise<OpfsDirectory> } };
  readonly location: { readonly origin: string };
  readonly FileSystemFileHandle: { readonly prototype: { createWritable?: unknown } };
  postMessage(report: unknown): void;
  onmessage: (event: { readonly data: { readonly without: string } }) => void;
  report?: (directory: string) => Promise<Report>;
}

const scope = globalThis as unknown as Scope;

async function report(name: string): Promise<Report> {
  const origin = await scope.navigator.storage.getDirectory();
  const directory = await origin.getDirectoryHandle(name, { create: true });
  const storage = opfsStorage(directory);
  const findings = await checkRecordStorage(storage);
  const filesAfterCheck = await filesIn(directory);

  // As if the page had been closed during a write.
  await storage.write('kept.bin', Uint8Array.of(1, 2, 3));
  await directory.getFileHandle('.kept.bin.0b1f.tmp', { create: true });
  const draftsListed = await storage.list();
  const afterDraft = [...((await storage.read('kept.bin')) ?? [])];

  await opfsStorage().write(`${name}-at-root.bin`, Uint8Array.of(1));
  const root = await opfsStorage().list();

  const memory = memoryStorage();
  await memory.write('state.bin', encodeSaved({ weights: Float32Array.of(0.5, -0) }));
  const bytes = (await tarStorage(await toTar(memory)).read('state.bin'))!;
  const { weights } = decodeSaved(bytes) as { weights: Float32Array };
  return {
    storage: findings,
    filesAfterCheck,
    root,
    draftsListed,
    afterDraft,
    fromServer: await checkRecordStorage(httpStorage(`${scope.location.origin}/records`), {
      writable: false,
    }),
    saved: `${weights.constructor.name} ${weights.map((weight) => 1 / weight).join(' ')}`,
  };
}

async function filesIn(directory: OpfsDirectory): Promise<string[]> {
  const files: string[] = [];
  const entries = (
    directory as unknown as { values(): AsyncIterable<{ kind: string; name: string }> }
  ).values();
  for await (const entry of entries) {
    if (entry.kind === 'file') files.push(entry.name);
    else files.push(...(await filesIn(await directory.getDirectoryHandle(entry.name))));
  }
  return files;
}

scope.report = report;

/** A worker starts with a message: which method its browser shall be without. */
scope.onmessage = ({ data }) => {
  if (!data || !('without' in data)) return;
  const { prototype } = scope.FileSystemFileHandle;
  if (data.without === 'writable') delete prototype.createWritable;
  report(`worker-without-${data.without}`).then(
    (done) => scope.postMessage({ ...done, hasWritable: 'createWritable' in prototype }),
    (error) => scope.postMessage({ error: String(error) }),
  );
};
