/** Once all that has arrived is read; browsers have no `setImmediate`. */
const soon: (work: () => void) => void = globalThis.setImmediate ?? ((work) => setTimeout(work));

/** Collects what is asked within one turn of the event loop, and hands it on together. */
export class TurnBatch<Entry> {
  private waiting: Entry[] = [];

  constructor(private readonly answer: (entries: readonly Entry[]) => void) {}

  add(entry: Entry): void {
    if (this.waiting.push(entry) > 1) return;
    soon(() => this.flush());
  }

  /** Hands on what waits. */
  flush(): void {
    const entries = this.waiting;
    this.waiting = [];
    if (entries.length > 0) this.answer(entries);
  }
}
