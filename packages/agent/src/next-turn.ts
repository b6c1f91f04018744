/**
 * How long training may keep the event loop to itself, in milliseconds: less than a frame of a page; in Node, where
 * a turn waits for signals and timers alone, what nobody notices.
 */
const LONGEST = typeof setImmediate === 'function' ? 40 : 12;

/** Lets timers, signals and drawing have their turn every so often; what is computed does not depend on it. */
export class NextTurn {
  private last = performance.now();

  /** Whether the last one was long ago. */
  isDue(): boolean {
    return performance.now() - this.last >= LONGEST;
  }

  /** Resolves in the event loop's next turn. */
  async take(): Promise<void> {
    await nextTurn();
    this.last = performance.now();
  }
}

/** A message arrives in the next turn, while a timer waits for at least a millisecond. */
function nextTurn(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel() as unknown as Record<string, BrowserPort>;
    port1!.onmessage = () => {
      port1!.close();
      resolve();
    };
    port2!.postMessage(null);
  });
}

/** What is used of a port, whose type differs between Node and browsers. */
interface BrowserPort {
  onmessage: (() => void) | null;
  postMessage(message: null): void;
  close(): void;
}
