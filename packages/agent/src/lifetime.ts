/** Tells whether something still may be used: it is disposed once, and refuses everything afterwards. */
export class Lifetime {
  private isOver = false;

  /** @param what - what it is, such as `a learner`. */
  constructor(private readonly what: string) {}

  /** Ends it; false where it had ended before, so that there is nothing to free. */
  end(): boolean {
    const first = !this.isOver;
    this.isOver = true;
    return first;
  }

  /** @throws Error where it has ended; it names what was asked. */
  assertOpen(asked: string): void {
    if (this.isOver) throw new Error(`${asked}: expected ${this.what} in use, got one that was disposed`);
  }
}
