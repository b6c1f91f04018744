/**
 * A matrix product that several threads compute together, in a memory of their own. At its beginning lie the words
 * of the job, at these places; then the scratch memory of each helper, A, B, the bias and C.
 *
 * A thread's share are the rows from `firstRow` of its number to that of the next. Number 0 is the caller, who
 * computes in the memory of TensorFlow.js.
 */
export const JOB = {
  transposeA: 0,
  transposeB: 1,
  rows: 2,
  columns: 3,
  depth: 4,
  /** Addresses; of A and C, where their rows would begin if the caller's were there. */
  a: 5,
  b: 6,
  c: 7,
  /** Address, or 0 for none. */
  bias: 8,
  kind: 9,
  /** Address of the first helper's scratch memory, and how many bytes each has. */
  scratch: 10,
  scratchBytes: 11,
  /** The number of the job; helpers wait for it to change. */
  begun: 16,
} as const;

/**
 * The word with the last job of which somebody has taken a thread's share: the helper, or the caller where it is
 * done with its own before. The next word has the last share that the helper has computed.
 */
export function takenWord(thread: number): number {
  return 16 + 16 * thread; // a cache line each
}

/** How many words are reserved for the jobs of so many threads. */
export function wordCount(threads: number): number {
  return takenWord(threads);
}

/** The first row that a thread computes, of so many threads. */
export function firstRow(rows: number, thread: number, threads: number): number {
  return Math.floor((rows * thread) / threads);
}

/** What a helper needs to begin. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** From 1. */
  readonly thread: number;
  readonly threads: number;
}
