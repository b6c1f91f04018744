import type { Hash } from 'node:crypto';
import { constants, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mendSegment } from './mend.js';
import { sealLine } from './seal.js';
import { positionOf, segmentFile } from './segment-names.js';
import { syncFolder } from './sync-folder.js';

/** The segment that is added to: its bytes up to `size` are on the disk. */
export class OpenSegment {
  /** Whether it was ended, and the next one could not be opened yet. */
  isSealed = false;

  private constructor(
    readonly segment: number,
    readonly file: string,
    private readonly handle: FileHandle,
    private readonly hash: Hash,
    public size: number,
    /** When its first record was written; undefined where there is none. */
    public from: number | undefined,
    private until: number,
    /** How many bytes were half written when it was opened, and cut off. */
    readonly cut: number,
  ) {}

  /** @throws Error where the file is damaged. */
  static async open(folder: string, segment: number): Promise<OpenSegment> {
    const file = segmentFile(folder, segment);
    const handle = await open(file, constants.O_RDWR | constants.O_CREAT);
    try {
      const { size, hash, from, until, cut } = await mendSegment(handle, file);
      await syncFolder(dirname(file));
      return new OpenSegment(segment, file, handle, hash, size, from, until, cut);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * Adds bytes, and brings them to the disk.
   *
   * @param at - when they were written.
   * @returns the position where they begin.
   * @throws Error where they can't be written: nothing of them is left then.
   */
  async append(bytes: Buffer, at: number): Promise<number> {
    const { size, segment } = this;
    try {
      for (let written = 0; written < bytes.length;) {
        const { bytesWritten } = await this.handle.write(bytes, written, undefined, size + written);
        written += bytesWritten;
      }
      await this.handle.datasync();
    } catch (error) {
      await this.handle.truncate(size);
      throw error;
    }
    this.hash.update(bytes);
    this.size += bytes.length;
    this.from ??= at;
    this.until = at;
    return positionOf({ segment, offset: size });
  }

  /** Ends it: nothing is added afterwards. Where that is done already nothing happens. */
  async seal(): Promise<void> {
    if (this.isSealed) return;
    const { size: bytes, until, hash } = this;
    const line = Buffer.from(sealLine({ sha256: hash.copy().digest('hex'), bytes, until }));
    await this.append(line, until);
    this.isSealed = true;
    await this.close();
  }

  async close(): Promise<void> {
    await this.handle.close(); // a second time too
  }
}
