/**
 * How much a program allocates, of V8's heap and of array buffers: what grew between two marks. Where garbage was collected between them, it
 * grew by less than that, so that most marks must follow each other without; the median says what is usual.
 */
export class AllocationMeter {
  private readonly grown: number[] = [];
  private last: number | undefined;

  mark(): void {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const now = heapUsed + arrayBuffers;
    if (this.last !== undefined) this.grown.push(now - this.last);
    this.last = now;
  }

  /** Bytes between two marks; 0 where there were not two. */
  get median(): number {
    const sorted = [...this.grown].sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  }
}
