import { open, type FileHandle } from 'node:fs/promises';

/** A file that grows at its end: what an append has resolved for survives the process and the machine. */
export class AppendedFile {
  private constructor(private readonly handle: FileHandle) {}

  /** Opens a file, or makes it; what is in it stays. */
  static async open(path: string): Promise<AppendedFile> {
    return new AppendedFile(await open(path, 'a'));
  }

  /** Appends and waits for the disk. */
  async append(data: string | Uint8Array): Promise<void> {
    await this.handle.appendFile(data);
    await this.handle.datasync();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
