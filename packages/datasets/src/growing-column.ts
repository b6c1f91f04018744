interface Numbers<T> {
  readonly length: number;
  [index: number]: number;
  set(from: T): void;
  subarray(start: number, end: number): T;
}

/** A typed array that doubles when it is full: a fraction of the memory of a `number[]`. */
export class GrowingColumn<T extends Numbers<T>> {
  private values: T;
  private count = 0;

  /** @param create - makes an array of so many zeros. */
  constructor(private readonly create: (length: number) => T) {
    this.values = create(1024);
  }

  get length(): number {
    return this.count;
  }

  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = this.create(2 * this.count);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.count++] = value;
  }

  /** What was pushed so far, without a copy. */
  get column(): T {
    return this.values.subarray(0, this.count);
  }
}
