/** A line to be written, and who waits for it. */
interface Waiting {
  readonly line: string;
  readonly resolve: (offset: number) => void;
  readonly reject: (error: unknown) => void;
}

/** As many characters as one write takes. */
const MOST = 4 << 20;

/**
 * Writes what many ask for in as few writes as the disk is fast: all that came while it was busy goes together, and all who
 * wait are told at once. Other work on the same file takes its turn between two writes.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private turn: Promise<unknown> = Promise.resolve();
  private isDraining = false;

  /**
   * @param commit - writes bytes and brings them to the disk; says at which position they begin, or throws where
   * nothing of them is there.
   */
  constructor(private readonly commit: (bytes: Buffer) => Promise<number>) {}

  /** The position of a line's bytes, once they are on the disk. */
  write(line: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ line, resolve, reject });
      if (this.isDraining) return;
      this.isDraining = true;
      void this.exclusively(() => this.drain());
    });
  }

  /** Does something while nothing is written: after all that was asked for before, and before all that is asked for later. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.takeBatch();
      try {
        // Made bytes of together: one line at a time costs as much as writing them.
        let position = await this.commit(Buffer.from(batch.map(({ line }) => line).join('\n') + '\n'));
        for (const { line, resolve } of batch) {
          resolve(position);
          position += Buffer.byteLength(line) + 1;
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isDraining = false;
  }

  private takeBatch(): Waiting[] {
    let [count, size] = [0, 0];
    while (count < this.waiting.length && (count === 0 || size < MOST))
      size += this.waiting[count++]!.line.length;
    return this.waiting.splice(0, count);
  }
}
