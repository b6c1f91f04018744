import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { jsonLine } from '../json-lines.js';
import type { SessionRecord, TrainingMetrics } from '../records.js';
import { tensorboardEvents, tensorboardHeader } from '../tensorboard.js';
import { AppendedFile } from './appended-file.js';
import { readJsonLines } from './read-lines.js';

/** What {@link MetricsFiles} write below their folder. */
export const METRICS_FILE = 'metrics.jsonl';
export const SESSIONS_FILE = 'sessions.jsonl';

export interface MetricsFilesOptions {
  /** Writes events of TensorBoard too (default false), to a file that begins with `events.out.tfevents`. */
  readonly tensorboard?: boolean;
  /**
   * The step that training goes on from (default 0: it begins anew). Lines beyond it, of what was not saved and so is made again,
   * are dropped.
   */
  readonly from?: number;
}

/** Writes what training tells to a folder as it comes: each record is on the disk before the next step is made. */
export class MetricsFiles<User = number, Item = number> {
  private constructor(
    private readonly metrics: AppendedFile,
    private readonly sessions: AppendedFile,
    private readonly events: AppendedFile | undefined,
  ) {}

  /** Opens them below `folder`, which is made where there is none. */
  static async open<User = number, Item = number>(
    folder: string,
    { tensorboard = false, from = 0 }: MetricsFilesOptions = {},
  ): Promise<MetricsFiles<User, Item>> {
    await mkdir(folder, { recursive: true });
    const paths = [METRICS_FILE, SESSIONS_FILE].map((name) => join(folder, name));
    for (const path of paths) await keepUntil(path, from);
    const [metrics, sessions] = (await Promise.all(paths.map((path) => AppendedFile.open(path)))) as [
      AppendedFile,
      AppendedFile,
    ];
    return new MetricsFiles<User, Item>(
      metrics,
      sessions,
      tensorboard ? await openEvents(folder) : undefined,
    );
  }

  /** For `onMetrics` of `train`. */
  async line(line: TrainingMetrics): Promise<void> {
    await this.metrics.append(jsonLine(line));
    await this.events?.append(tensorboardEvents(line, Date.now() / 1000));
  }

  /** For `onSession` of `train`. */
  async session(record: SessionRecord<User, Item>): Promise<void> {
    await this.sessions.append(jsonLine(record));
  }

  async close(): Promise<void> {
    for (const file of [this.metrics, this.sessions, this.events]) await file?.close();
  }
}

async function openEvents(folder: string): Promise<AppendedFile> {
  const seconds = Date.now() / 1000;
  const name = `events.out.tfevents.${Math.floor(seconds)}.${hostname()}.${process.pid}.0`;
  const events = await AppendedFile.open(join(folder, name));
  await events.append(tensorboardHeader(seconds));
  return events;
}

/** Drops the records beyond a step, and the half of one that a crash left. */
async function keepUntil(path: string, step: number): Promise<void> {
  if (!existsSync(path)) return;
  if (step === 0) return rm(path);
  const records = await readJsonLines<{ readonly step: number }>(path);
  const draft = `${path}.draft`;
  await writeFile(
    draft,
    records
      .filter((record) => record.step <= step)
      .map(jsonLine)
      .join(''),
  );
  await rename(draft, path); // so that a crash here leaves either
}
