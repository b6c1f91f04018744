import { Checkpoints } from '@rl-recsys/checkpoint';
import type { SavedState } from '@rl-recsys/random';
import { decodeSaved, encodeSaved, opfsStorage, type RecordStorage } from '@rl-recsys/storage';
import type { TrainingMetrics } from '@rl-recsys/metrics';
import type { DroppedFile, Measured } from '../messages.js';
import type { Plan } from '../plan.js';

/** Where the run is kept, below the root of the origin's own file system. */
const FOLDER = 'playground';
/** The ratings that a run was given. */
const FILE = 'file.bin';

/** All that a run is. */
export interface KeptRun {
  readonly plan: Plan;
  readonly lines: readonly TrainingMetrics[];
  readonly measured: readonly Measured[];
  /** What training goes on from. */
  readonly training: SavedState;
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
        'Another tab of this page keeps its run, and this one is not kept. Close the other and reload to keep it.',
      );
    const root = await navigator.storage.getDirectory();
    const storage = opfsStorage(await root.getDirectoryHandle(FOLDER, { create: true }));
    return new KeptRuns(storage, new Checkpoints({ storage, keep: 1 }));
  }

  /** Keeps a run in the place of the one before. */
  async keep({ plan, lines, measured, training }: KeptRun, step: number): Promise<void> {
    const told = JSON.stringify({ plan, lines, measured });
    await this.checkpoints.save({ told, training }, { step });
  }

  /** What was kept last; undefined where that is nothing. */
  async find(): Promise<{ readonly run: KeptRun; readonly step: number; readonly at: number } | undefined> {
    const { checkpoint } = await this.checkpoints.newest();
    if (!checkpoint) return undefined;
    const { told, training } = checkpoint.state as { told: string; training: SavedState };
    const { plan, lines, measured } = JSON.parse(told) as Omit<KeptRun, 'training'>;
    return { run: { plan, lines, measured, training }, step: checkpoint.step, at: checkpoint.at.getTime() };
  }

  /** Keeps the file that a run reads. */
  async keepFile({ name, blob, columns }: DroppedFile): Promise<void> {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    await this.storage.write(FILE, encodeSaved({ name, bytes, columns: JSON.stringify(columns) }));
  }

  /** @throws Error where there is none. */
  async file(): Promise<DroppedFile> {
    const record = await this.storage.read(FILE);
    if (!record) throw new Error('The ratings that this run learned from are gone; drop the file again.');
    const { name, bytes, columns } = decodeSaved(record) as {
      name: string;
      bytes: Uint8Array<ArrayBuffer>;
      columns: string;
    };
    return { name, blob: new Blob([bytes]), columns: JSON.parse(columns) as DroppedFile['columns'] };
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
