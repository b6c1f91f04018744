import { assertPositiveInteger } from './assert.js';
import type { Columns, Fields, Transition } from './fields.js';
import { gatherField, readAhead } from './record-copies.js';
import { assertColumn, assertFiniteRecords, placeFields, type PlacedField } from './record-layout.js';
import { RecordStage } from './record-stage.js';

/** What a storage held, as `records` gives it, and how many transitions were ever added to it. */
export interface SavedRecords {
  readonly added: number;
  readonly records: Uint8Array;
}

/**
 * A ring of the last `capacity` transitions, in one block of memory.
 *
 * Each transition is one run of 4-byte numbers, because reading a random one costs a cache miss for
 * every separate place that it is spread over. A transition is known by its id, 0, 1, 2, … in the
 * order of adding; it is gone when `capacity` newer ones have been added.
 */
export class TransitionStorage<F extends Fields> {
  /** How many transitions fit. */
  readonly capacity: number;
  /** The schema of a transition. */
  readonly fields: F;
  private readonly layout: readonly PlacedField[];
  /** Numbers a record. */
  private readonly recordSize: number;
  private memory: ArrayBufferLike;
  private floats: Float32Array;
  private integers: Int32Array;
  private readonly stage: RecordStage;
  /** Scratch: where each record of a batch begins. */
  private places: Float64Array = new Float64Array(0);
  private count = 0;

  /**
   * @throws RangeError where `capacity` is not a positive integer, a field is impossible, or the
   * memory cannot be had.
   */
  constructor({ capacity, fields }: { readonly capacity: number; readonly fields: F }) {
    assertPositiveInteger('capacity', capacity);
    this.capacity = capacity;
    this.fields = fields;
    this.layout = placeFields(fields);
    this.recordSize = this.layout.reduce((sum, { size }) => sum + size, 0);
    this.stage = new RecordStage(this.layout, this.recordSize);
    const bytes = 4 * this.recordSize * capacity;
    try {
      this.memory = new ArrayBuffer(bytes);
      this.floats = new Float32Array(this.memory);
      this.integers = new Int32Array(this.memory);
    } catch (cause) {
      const need = `${capacity} transitions of ${4 * this.recordSize} bytes need ${(bytes / 2 ** 30).toFixed(1)} GiB`;
      throw new RangeError(`capacity: expected a buffer that fits into memory, but ${need}`, { cause });
    }
  }

  /** How many transitions are stored now. */
  get size(): number {
    return Math.min(this.count, this.capacity);
  }

  /** How many transitions were ever added: the id of the next one. */
  get added(): number {
    return this.count;
  }

  /** The id of the oldest transition that is still stored. */
  get oldestId(): number {
    return this.count - this.size;
  }

  /**
   * The place in the ring, from 0 to `capacity - 1`, of the transition `id`, which must be stored or be the
   * next to be added.
   */
  slotOf(id: number): number {
    // The remainder of the count alone: ids come as float64, whose remainders are slow.
    const place = id - (this.count - (this.count % this.capacity));
    return place < 0 ? place + this.capacity : place;
  }

  /** The id of the transition that is stored at `slot`, which must hold one. */
  idAt(slot: number): number {
    const newest = this.count - 1;
    return newest - ((newest - slot) % this.capacity);
  }

  /**
   * Stores a copy of `transition`, in place of the oldest one where the ring is full.
   *
   * Entries that are no fields are ignored.
   *
   * @returns its id.
   * @throws TypeError where a field is missing or has another length; RangeError where a number is
   * not finite as float32, or is no 32-bit integer. Nothing is stored then.
   */
  add(transition: Transition<F>): number {
    this.stage.write(transition);
    this.integers.set(this.stage.bits, this.slotOf(this.count) * this.recordSize);
    return this.count++;
  }

  /**
   * Copies transitions into `columns`: row r gets the transition `ids[r]`.
   *
   * @throws RangeError where an id is not stored, TypeError where a column is missing, of another
   * type or of another length. Nothing is written then.
   */
  gather(ids: ArrayLike<number>, columns: Columns<F>): void {
    this.assertColumns(columns, ids.length);
    const oldest = this.oldestId;
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row]!;
      if (!Number.isSafeInteger(id) || id < oldest || id >= this.count) {
        throw new RangeError(`ids[${row}]: expected ${oldest} to ${this.count - 1}, got ${id}`);
      }
    }
    if (this.places.length < ids.length) this.places = new Float64Array(ids.length);
    const { places, recordSize } = this;
    for (let row = 0; row < ids.length; row++) places[row] = this.slotOf(ids[row]!) * recordSize;
    readAhead(this.integers, places, ids.length, recordSize);
    for (const field of this.layout) {
      const ring = field.dtype === 'float32' ? this.floats : this.integers;
      gatherField(ring, places, ids.length, field, columns[field.name]!);
    }
  }

  /** @throws TypeError where `columns` cannot take `batchSize` transitions. */
  assertColumns(columns: Columns<F>, batchSize: number): void {
    for (const field of this.layout) assertColumn(field, columns[field.name], batchSize);
  }

  /** The filled part of the ring, from slot 0 on: a view, not a copy. */
  get records(): Uint8Array {
    return new Uint8Array(this.memory, 0, 4 * this.recordSize * this.size);
  }

  /**
   * Takes over what another storage of the same fields held: of the same capacity, or of a smaller one that was full, whose
   * transitions get the ids from 0 on then, oldest first.
   *
   * @throws RangeError where `records` does not have the length that `added` transitions fill, or a number of it is not finite;
   * nothing has changed then.
   */
  restore({ added, records }: SavedRecords): void {
    const { rows, oldest } = this.assertRestorable({ added, records });
    this.copy({ added, records }, rows, oldest);
  }

  /**
   * The same, but the block that `records` begins becomes the storage's own, where it is as large: then there is no copy, and nobody
   * else uses it.
   *
   * @throws RangeError as {@link TransitionStorage.restore} does.
   */
  adopt({ added, records }: SavedRecords): void {
    const { rows, oldest } = this.assertRestorable({ added, records });
    const isWhole = rows === this.filledBy(added);
    const isBlock = records.byteOffset === 0 && records.buffer.byteLength === this.memory.byteLength;
    if (!isWhole || !isBlock) return this.copy({ added, records }, rows, oldest);
    this.count = added;
    this.memory = records.buffer;
    this.floats = new Float32Array(this.memory);
    this.integers = new Int32Array(this.memory);
  }

  private copy({ added, records }: SavedRecords, rows: number, oldest: number): void {
    const start = oldest * 4 * this.recordSize;
    this.count = rows === this.filledBy(added) ? added : rows;
    this.records.set(records.subarray(start));
    this.records.set(records.subarray(0, start), records.length - start);
  }

  /**
   * How many transitions there are in saved records, and the place of the one that comes to slot 0 here: 0 unless they are of a
   * smaller storage that was full.
   *
   * @throws RangeError as {@link TransitionStorage.restore} does.
   */
  assertRestorable({ added, records }: SavedRecords): { readonly rows: number; readonly oldest: number } {
    const rows = records.length / (4 * this.recordSize);
    const filled = this.filledBy(added);
    const isSmaller = Number.isInteger(rows) && rows > 0 && rows < filled;
    if (!Number.isSafeInteger(added) || !(rows === filled || isSmaller)) {
      const bytes = 4 * this.recordSize * filled;
      throw new RangeError(`records: expected ${bytes} bytes (added is ${added}), got ${records.length}`);
    }
    assertFiniteRecords(this.layout, this.recordSize, records);
    return { rows, oldest: isSmaller ? added % rows : 0 };
  }

  private filledBy(added: number): number {
    return Math.min(added, this.capacity);
  }
}
