import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import type { FeedbackLog, PlacedRecord } from '../feedback/feedback-log.js';
import type { FeedbackRecord } from '../feedback/feedback-record.js';
import { forgetInSegment } from './forget-in-segment.js';
import { GroupCommit } from './group-commit.js';
import { linesOf } from './lines.js';
import { lockFolder } from './lock.js';
import { recordIn } from './mend.js';
import { OpenSegment } from './open-segment.js';
import { readSeal } from './seal.js';
import { sealedRecords } from './sealed-records.js';
import { placeOf, positionOf, segmentFile, segmentsIn } from './segment-names.js';
import { syncFolder } from './sync-folder.js';

/** How a {@link SegmentLog} is cut into files. */
export interface SegmentOptions {
  /** Where a segment ends, in bytes (default 64 MiB). A record may be larger. */
  readonly segmentBytes?: number;
  /** How long a segment is added to, in milliseconds (default a day): what is older than a time goes segment by segment. */
  readonly segmentTime?: number;
}

/**
 * Opens the feedback log in a folder, which is made where there is none; it stays this process's until it is closed.
 *
 * It is files of records, one a line, `000001.ndjson` and so on. A record is added to the last one by one `write` and one
 * `fdatasync` for all that came meanwhile. A segment that is full ends with a seal, the SHA-256 of all before it.
 *
 * @throws Error where another process has it open, or its last segment is damaged.
 */
export async function openSegmentLog(folder: string, options: SegmentOptions = {}): Promise<SegmentLog> {
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const last = (await segmentsIn(folder)).at(-1) ?? 0;
    const isSealed = last === 0 || (await readSeal(segmentFile(folder, last))) !== undefined;
    const current = await OpenSegment.open(folder, isSealed ? last + 1 : last);
    return new SegmentLog(folder, current, unlock, options);
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** A feedback log in the files of a folder; {@link openSegmentLog} opens one. */
export class SegmentLog implements FeedbackLog {
  /** How many bytes a process that died had half written, and nobody was told are there; they were cut off. */
  readonly mended: number;
  private readonly commits: GroupCommit = new GroupCommit((bytes) => this.commit(bytes));
  private readonly segmentBytes: number;
  private readonly segmentTime: number;
  private newest = 0;
  private isOpen = true;

  /** @internal */
  constructor(
    private readonly folder: string,
    private current: OpenSegment,
    private readonly unlock: () => Promise<void>,
    { segmentBytes = 64 << 20, segmentTime = 24 * 3600 * 1000 }: SegmentOptions,
  ) {
    this.mended = current.cut;
    this.segmentBytes = segmentBytes;
    this.segmentTime = segmentTime;
  }

  append(record: FeedbackRecord): Promise<number> {
    if (!this.isOpen) return Promise.reject(new Error(`${this.folder}: expected a log that is open`));
    this.newest = record.at;
    return this.commits.write(JSON.stringify(record));
  }

  async read(position: number): Promise<FeedbackRecord | undefined> {
    const { segment, offset } = placeOf(position);
    return withFile(segmentFile(this.folder, segment), async (handle) => {
      const stretch = { from: offset, end: await this.endOf(segment, handle), chunk: 8192 };
      for await (const { bytes } of linesOf(handle, stretch)) {
        const record = recordIn(bytes);
        return typeof record === 'string' ? undefined : record;
      }
      return undefined;
    });
  }

  async *records(since: number = -Infinity): AsyncGenerator<PlacedRecord> {
    const { folder } = this;
    for (const segment of await segmentsIn(folder)) {
      const file = segmentFile(folder, segment);
      const end = segment === this.current.segment ? this.current.size : undefined;
      if (end === undefined && ((await readSeal(file))?.until ?? Infinity) < since) continue;
      for await (const { record, offset } of sealedRecords(file, end)) {
        if (record.at >= since) yield { record, position: positionOf({ segment, offset }) };
      }
    }
  }

  /** {@link FeedbackLog.forget}: nothing is appended meanwhile, which may take a second for each gigabyte. */
  forget(user: string): Promise<number> {
    return this.commits.exclusively(async () => {
      if (this.current.size > 0) await this.rotate();
      let forgotten = 0;
      for (const segment of await this.sealedSegments()) {
        forgotten += await forgetInSegment(segmentFile(this.folder, segment), user);
      }
      await syncFolder(this.folder);
      return forgotten;
    });
  }

  /** {@link FeedbackLog.retain}: segments go whose last record is older. */
  retain(since: number): Promise<void> {
    return this.commits.exclusively(async () => {
      if ((this.current.from ?? Infinity) < since) await this.rotate();
      for (const segment of await this.sealedSegments()) {
        const file = segmentFile(this.folder, segment);
        if (((await readSeal(file))?.until ?? Infinity) < since) await rm(file);
      }
      await syncFolder(this.folder);
    });
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await this.commits.exclusively(async () => {
      await this.current.close();
      await this.unlock();
    });
  }

  private async commit(bytes: Buffer): Promise<number> {
    const { size, from = Infinity, isSealed } = this.current;
    if (isSealed || size >= this.segmentBytes || this.newest - from >= this.segmentTime) await this.rotate();
    return this.current.append(bytes, this.newest);
  }

  private async rotate(): Promise<void> {
    const { segment } = this.current;
    await this.current.seal();
    this.current = await OpenSegment.open(this.folder, segment + 1);
  }

  private async sealedSegments(): Promise<number[]> {
    return (await segmentsIn(this.folder)).filter((segment) => segment !== this.current.segment);
  }

  private async endOf(segment: number, handle: FileHandle): Promise<number> {
    return segment === this.current.segment ? this.current.size : (await handle.stat()).size;
  }
}

/** Undefined where there is no such file any more. */
async function withFile<T>(file: string, read: (handle: FileHandle) => Promise<T>): Promise<T | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return await read(handle);
  } finally {
    await handle.close();
  }
}
