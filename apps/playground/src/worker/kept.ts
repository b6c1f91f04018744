import { Checkpoints } from '@rl-recsys/checkpoint';
import type { SavedState } from '@rl-recsys/random';
import { decodeSaved, encodeSaved, opfsStorage, type RecordStorage } from '@rl-recsys/storage';
import type { TrainingMetrics } from '@rl-recsys/metrics';
import type { DroppedFile, Measured } from '../messages.js';
import type { Plan } from '../plan.js';

/** Where the run is kept, below the root of the origin's own file system. */
const FOLDER = 'playground';
/** What records of ratings that a run was given begin with. */
const FILES = 'file-';

/** All that a run is. */
export interface KeptRun {
  readonly plan: Plan;
  readonly lines: readonly TrainingMetrics[];
  readonly measured: readonly Measured[];
  /** What training goes on from. */
  readonly training: SavedState;
  /** The record of the ratings that it was given. */
  readonly file?: string;
}

/** The one run that the browser keeps of this page, by the same checkpoints as on a disk. */
export class KeptRuns {
  private constructor(
    private readonly storage: RecordStorage,
    private readonly checkpoints: Checkpoints,
  ) {}

  /** @throws Error where the browser has no storage of its own for this page, or another tab has it. */
  static async open(): Promise<KeptRuns> {
    if (!navigator.storage?.getDirectory)
      throw new Error(
        'This browser keeps no files for pages such as this: the run ends with the tab. Download it before.',
      );
    if (!(await isAlone()))
      throw new Error(
        'Another tab of this page keeps its run, and this one’s is not kept: it ends with the tab. Download the recommender before, or close the other tab and reload.',
      );
    const root = await navigator.storage.getDirectory();
    const storage = opfsStorage(await root.getDirectoryHandle(FOLDER, { create: true }));
    return new KeptRuns(storage, new Checkpoints({ storage, keep: 1 }));
  }

  /** Keeps a run in the place of the one before. */
  async keep({ training, file, ...rest }: KeptRun, step: number): Promise<void> {
    await this.checkpoints.save({ told: JSON.stringify({ ...rest, file }), training }, { step });
    const others = (await this.storage.list()).filter((name) => name.startsWith(FILES) && name !== file);
    for (const name of others) await this.storage.remove(name);
  }

  /** What was kept last; undefined where that is nothing. */
  async find(): Promise<{ readonly run: KeptRun; readonly step: number; readonly at: number } | undefined> {
    const { checkpoint } = await this.checkpoints.newest();
    if (!checkpoint) return undefined;
    const { told, training } = checkpoint.state as { told: string; training: SavedState };
    const rest = JSON.parse(told) as Omit<KeptRun, 'training'>;
    return { run: { ...rest, training }, step: checkpoint.step, at: checkpoint.at.getTime() };
  }

  /** Keeps the file that a run reads, beside that of the run before until this one is kept; returns the record's name. */
  async keepFile({ name, blob, columns }: DroppedFile): Promise<string> {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const record = `${FILES}${Date.now()}.bin`;
    await this.storage.write(record, encodeSaved({ name, bytes, columns: JSON.stringify(columns) }));
    return record;
  }

  /** @throws Error where it is gone. */
  async file(name: string): Promise<DroppedFile> {
    const record = await this.storage.read(name);
    if (!record) throw new Error('The ratings that this run learned from are gone; drop the file again.');
    const read = decodeSaved(record) as { name: string; bytes: Uint8Array<ArrayBuffer>; columns: string };
    return {
      name: read.name,
      blob: new Blob([read.bytes]),
      columns: JSON.parse(read.columns) as DroppedFile['columns'],
    };
  }

  async forget(): Promise<void> {
    for (const name of await this.storage.list()) await this.storage.remove(name);
  }
}

/** Takes the storage for as long as the tab lives; that of a tab which was just closed is free in a moment. */
async function isAlone(): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const isOurs = await new Promise<boolean>((resolve) => {
      void navigator.locks.request('rl-recsys playground', { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => undefined);
      });
    });
    if (isOurs) return true;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return false;
}
