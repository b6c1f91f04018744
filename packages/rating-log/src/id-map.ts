/**
 * The two-way map between the outside world's ids and dense indices 0, 1, 2, …
 *
 * Indices are given in the order in which ids are first added.
 */
export class IdMap {
  private readonly indices = new Map<string, number>();
  private readonly list: string[] = [];

  /** @throws RangeError where `ids` holds an id twice. */
  constructor(ids: Iterable<string> = []) {
    for (const id of ids) {
      if (this.indices.has(id)) throw new RangeError(`ids: expected each id once, got ${id} twice`);
      this.add(id);
    }
  }

  /** How many ids there are. */
  get size(): number {
    return this.list.length;
  }

  /** All ids, in the order of their indices. */
  get ids(): readonly string[] {
    return this.list;
  }

  /** The index of `id`, a new one where it was unknown. */
  add(id: string): number {
    const known = this.indices.get(id);
    if (known !== undefined) return known;
    this.indices.set(id, this.list.length);
    this.list.push(id);
    return this.list.length - 1;
  }

  /** The index of `id`, or undefined where it is unknown. */
  indexOf(id: string): number | undefined {
    return this.indices.get(id);
  }

  /**
   * The id at `index`.
   *
   * @throws RangeError where there is none.
   */
  idOf(index: number): string {
    const id = this.list[index];
    if (id === undefined) throw new RangeError(`index: expected 0 to ${this.size - 1}, got ${index}`);
    return id;
  }
}
