interface Waiting {
  readonly record: string;
  readonly resolve: (position: number) => void;
  readonly reject: (error: unknown) => void;
}

/** How many records go together at most. */
const MOST = 1_000;

/** Hands on what many ask for in as few calls as there is time for: all that came during one goes with the next, in its order. */
export class Batches {
  private waiting: Waiting[] = [];
  private turn: Promise<void> = Promise.resolve();

  /** @param append - appends records, and says at which position the first lies: the others follow it. */
  constructor(private readonly append: (records: readonly string[]) => Promise<number>) {}

  /** The position of a record, once it is there. */
  add(record: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ record, resolve, reject });
      if (this.waiting.length === 1) this.turn = this.turn.then(() => this.handOn());
    });
  }

  /** Is kept when all is there that was asked for. */
  async done(): Promise<void> {
    while (this.waiting.length > 0) await this.turn;
    await this.turn;
  }

  private async handOn(): Promise<void> {
    const batch = this.waiting.splice(0, MOST);
    if (this.waiting.length > 0) this.turn = this.turn.then(() => this.handOn());
    try {
      const first = await this.append(batch.map(({ record }) => record));
      for (const [place, { resolve }] of batch.entries()) resolve(first + place);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
