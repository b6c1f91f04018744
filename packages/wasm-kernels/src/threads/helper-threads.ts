import type { KernelExports } from '../kernel-exports.js';
import { compile } from '../link.js';
import { scratchBytes } from '../mat-mul-scratch.js';
import { multiplyRows, type Product } from './multiply-rows.js';
import { firstRow, JOB, takenWord, wordCount } from './product-job.js';
import { startHelper } from './start-helper.js';

const [PAGE_BYTES, LINE_BYTES] = [65_536, 64];
/**
 * 4 MiB, through which products wander: what another core's cache still holds takes 3 to 13 times as long to
 * overwrite (measured), and of this it forgets each place before its turn comes again.
 */
const FIRST_PAGES = 64;
/** 1 GiB. */
const MOST_PAGES = 16_384;

/**
 * What it costs to share a product out, in multiplications with additions that take as long (measured): to wake
 * and await the helpers, and to copy a number to them or back.
 */
const [COST_OF_JOB, COST_OF_COPY] = [200_000, 4];

/** Milliseconds after which a helper counts as ended: a share takes some thousandths of that. */
const LONGEST_WAIT = 10_000;
/** Looks at a helper's word between two at the clock. */
const LOOKS = 1 << 20;

/** Who wants a product: FastKernels. */
interface Caller {
  readonly exports: KernelExports;
  floats(address: number, length: number): Float32Array;
}

/**
 * Threads that compute the last rows of large matrix products while the caller computes the first. They can't see
 * the memory of TensorFlow.js, so they have one of their own, to which factors are copied. A row is the same sums
 * in the same order whichever thread computes it: results don't depend on how many there are.
 */
export class HelperThreads {
  private readonly words: Int32Array;
  private floats: Float32Array;
  /** Behind the last product. */
  private next = 0;
  private job = 0;
  /** Whether a helper has ended, so that none is asked again. */
  private isLost = false;

  private constructor(
    private readonly memory: WebAssembly.Memory,
    /** How many compute, the caller among them. */
    private readonly threads: number,
  ) {
    this.words = new Int32Array(memory.buffer, 0, wordCount(threads));
    this.floats = new Float32Array(memory.buffer);
  }

  /**
   * @param kernels - base64.
   * @param threads - from 2.
   * @throws Error where a page has no memory to share, or a thread does not start.
   */
  static async start(kernels: string, threads: number): Promise<HelperThreads> {
    if (typeof SharedArrayBuffer === 'undefined') {
      throw new Error('only a page that is isolated from other origins has memory to share');
    }
    const memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES, shared: true });
    const module = await compile(kernels, memory);
    const helpers = Array.from({ length: threads - 1 }, (_, place) => place + 1);
    await Promise.all(helpers.map((thread) => startHelper({ module, memory, thread, threads })));
    return new HelperThreads(memory, threads);
  }

  /** Computes a product with the helpers' help; false, and nothing is done, where that would not be faster. */
  multiply(product: Product, caller: Caller, scratch: number): boolean {
    if (this.isLost) return false;
    const own = this.firstRow(product, 1);
    const copied = this.copied(product, own);
    if (!this.gains(product, own, copied)) return false;
    this.begin(product, own, copied, caller);
    multiplyRows(caller.exports, product, 0, own, scratch);
    for (let thread = 1; thread < this.threads; thread++) this.finish(product, thread, caller, scratch);
    return true;
  }

  private begin(product: Product, own: number, copied: number, caller: Caller): void {
    const { transposeA, transposeB, rows, columns, depth, a, b, bias, kind } = product;
    const skipped = transposeA ? 0 : own * depth;
    const [sizeOfA, sizeOfB] = [rows * depth - skipped, depth * columns];
    const toA = this.reserve(4 * (copied + columns), scratchBytes(depth));
    const toB = toA + 4 * sizeOfA;
    const toBias = toB + 4 * sizeOfB;
    this.floats.set(caller.floats(a + 4 * skipped, sizeOfA), toA / 4);
    this.floats.set(caller.floats(b, sizeOfB), toB / 4);
    if (bias !== 0) this.floats.set(caller.floats(bias, columns), toBias / 4);
    const { words } = this;
    words[JOB.transposeA] = +transposeA;
    words[JOB.transposeB] = +transposeB;
    words[JOB.rows] = rows;
    words[JOB.columns] = columns;
    words[JOB.depth] = depth;
    words[JOB.a] = toA - 4 * skipped;
    words[JOB.b] = toB;
    words[JOB.c] = toBias + 4 * columns - 4 * own * columns;
    words[JOB.bias] = bias === 0 ? 0 : toBias;
    words[JOB.kind] = kind;
    words[JOB.scratch] = 4 * words.length;
    words[JOB.scratchBytes] = scratchBytes(depth);
    this.job = (this.job + 1) | 0;
    Atomics.store(words, JOB.begun, this.job);
    Atomics.notify(words, JOB.begun);
  }

  /** Computes a helper's share where it has not begun, else waits for it and copies it. */
  private finish(product: Product, thread: number, caller: Caller, scratch: number): void {
    const { words, job } = this;
    const taken = takenWord(thread);
    const before = (job - 1) | 0;
    const [first, end] = [this.firstRow(product, thread), this.firstRow(product, thread + 1)];
    if (Atomics.compareExchange(words, taken, before, job) === before) {
      multiplyRows(caller.exports, product, first, end, scratch);
      return;
    }
    if (!this.hasFinished(taken + 1)) {
      this.isLost = true;
      console.warn(
        '@rl-recsys/wasm-kernels: a helper thread gave no answer; one thread computes from now on.',
      );
      multiplyRows(caller.exports, product, first, end, scratch);
      return;
    }
    const { columns, c } = product;
    const from = words[JOB.c]! / 4;
    const share = this.floats.subarray(from + first * columns, from + end * columns);
    caller.floats(c + 4 * first * columns, share.length).set(share);
  }

  /** Waits without sleep, which browsers forbid their main thread: what is left is short, unless the helper has ended. */
  private hasFinished(word: number): boolean {
    const { words, job } = this;
    for (let looked = 1, since = performance.now(); Atomics.load(words, word) !== job; looked++) {
      if (looked % LOOKS === 0 && performance.now() - since > LONGEST_WAIT) return false;
    }
    return true;
  }

  private firstRow({ rows }: Product, thread: number): number {
    return firstRow(rows, thread, this.threads);
  }

  /** How many numbers of A, B and C are copied where the first rows are the caller's. */
  private copied({ transposeA, rows, columns, depth }: Product, own: number): number {
    return (transposeA ? rows : rows - own) * depth + depth * columns + (rows - own) * columns;
  }

  private gains({ rows, columns, depth, slope, slopes }: Product, own: number, copied: number): boolean {
    // The kernels multiply the least sizes in other ways, which add in other orders.
    const isUsual = own >= 8 && columns >= 8 && slope === 0 && slopes === 0;
    const fits = 4 * copied < (MOST_PAGES * PAGE_BYTES) / 2;
    return isUsual && fits && (rows - own) * columns * depth > COST_OF_JOB + COST_OF_COPY * copied;
  }

  /** Room for so many bytes, behind the last product or, where the memory ends, behind the helpers' scratch. */
  private reserve(bytes: number, scratch: number): number {
    const first = 4 * this.words.length + (this.threads - 1) * scratch;
    let address = Math.max(this.next, first);
    if (address + bytes > this.floats.byteLength) address = first;
    const missing = address + bytes - this.floats.byteLength;
    if (missing > 0) {
      this.memory.grow(Math.ceil(missing / PAGE_BYTES));
      this.floats = new Float32Array(this.memory.buffer);
    }
    this.next = address + LINE_BYTES * Math.ceil(bytes / LINE_BYTES);
    return address;
  }
}
