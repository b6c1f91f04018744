/**
 * What is known of ids for at least a time, and at most twice as long: two maps, of which the older one is dropped when the
 * younger one is as old. So forgetting costs nothing, and memory stays as large as what comes in that time.
 */
export class Recent<Value> {
  private younger = new Map<string, Value>();
  private older = new Map<string, Value>();
  private began = -Infinity;

  /** @param time - how long it is known, in the unit of `now`. */
  constructor(private readonly time: number) {}

  get size(): number {
    return this.younger.size + this.older.size;
  }

  get(id: string): Value | undefined {
    return this.younger.get(id) ?? this.older.get(id);
  }

  set(id: string, value: Value, now: number): void {
    if (now - this.began > this.time) {
      // After a long silence what is in the younger one is too old as well.
      this.older = now - this.began > 2 * this.time ? new Map<string, Value>() : this.younger;
      this.younger = new Map();
      this.began = now;
    }
    this.younger.set(id, value);
  }

  /** Another value for an id that is still known, for as long as it would have been. */
  replace(id: string, value: Value): void {
    if (this.younger.has(id)) this.younger.set(id, value);
    else if (this.older.has(id)) this.older.set(id, value);
  }

  deleteWhere(isGone: (value: Value) => boolean): void {
    for (const map of [this.younger, this.older]) {
      for (const [id, value] of map) if (isGone(value)) map.delete(id);
    }
  }

  delete(id: string): void {
    this.younger.delete(id);
    this.older.delete(id);
  }
}
