/** How a long fit is watched and ended. */
export interface FitControl {
  /** Called between blocks of work with the share of it that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the fit between two blocks of work: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How long a fit may keep the event loop to itself, in milliseconds. */
const LONGEST_TURN = 50;

/** Work under way, from one share of the whole to another. Between its blocks timers and signals have their turn. */
export class FitWork {
  private last = performance.now();

  /** @throws what the signal was aborted with, where it was already. */
  constructor(
    private readonly control: FitControl,
    private readonly from = 0,
    private readonly to = 1,
  ) {
    control.signal?.throwIfAborted();
  }

  /** The part of this work from one share of it to another. */
  part(from: number, to: number): FitWork {
    const at = (share: number) => this.from + share * (this.to - this.from);
    return new FitWork(this.control, at(from), at(to));
  }

  /** Tells of a share of this work that is done. */
  async reach(share: number): Promise<void> {
    const { onProgress, signal } = this.control;
    onProgress?.(this.from + share * (this.to - this.from));
    signal?.throwIfAborted();
    if (performance.now() - this.last < LONGEST_TURN) return;
    await new Promise<void>((resolve) => setTimeout(resolve));
    this.last = performance.now();
    signal?.throwIfAborted();
  }
}
