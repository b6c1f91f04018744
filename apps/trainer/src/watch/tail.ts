import { open, type FileHandle } from 'node:fs/promises';
import { JsonLines } from '@rl-recsys/metrics';

/** What a look at a growing file finds. */
export interface Grown<Value> {
  /** Whether it is another file than before, of which all is told. */
  readonly isAnother: boolean;
  readonly records: readonly Value[];
}

/** Reads a file of JSON lines as it grows. */
export class Tail<Value> {
  private lines = new JsonLines<Value>();
  private decoder = new TextDecoder();
  private read = 0;
  private seen = { path: '', inode: 0 };

  /**
   * What was written since the last look. A file that became shorter, or was replaced where it is, is read anew; one that was
   * moved to another place goes on.
   *
   * @throws SyntaxError where a line is no JSON.
   */
  async look(path: string): Promise<Grown<Value>> {
    const file = await open(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!file) return { isAnother: false, records: [] };
    try {
      const { size, ino } = await file.stat();
      const isAnother = size < this.read || (path === this.seen.path && ino !== this.seen.inode);
      this.seen = { path, inode: ino };
      if (isAnother) this.begin();
      return { isAnother, records: this.lines.push(await this.rest(file, size)) };
    } finally {
      await file.close();
    }
  }

  private async rest(file: FileHandle, size: number): Promise<string> {
    if (size === this.read) return '';
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(size - this.read),
      0,
      size - this.read,
      this.read,
    );
    this.read += bytesRead;
    return this.decoder.decode(buffer.subarray(0, bytesRead), { stream: true });
  }

  private begin(): void {
    this.lines = new JsonLines();
    this.decoder = new TextDecoder();
    this.read = 0;
  }
}
