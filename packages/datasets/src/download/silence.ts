/** How long a server may say nothing, in milliseconds; ours. */
export const LONGEST_SILENCE = 60_000;

/** Gives a request up that has not been heard of for too long. */
export class SilenceWatch {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly milliseconds: number) {
    this.heard();
  }

  /** Aborts after the silence, with an error that says so. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Something came. */
  heard(): void {
    clearTimeout(this.timer);
    const seconds = this.milliseconds / 1000;
    this.timer = setTimeout(
      () => this.controller.abort(new Error(`nothing came for ${seconds} s`)),
      this.milliseconds,
    );
  }

  /** All that was awaited is there, or nobody waits any more. */
  stop(): void {
    clearTimeout(this.timer);
  }
}
