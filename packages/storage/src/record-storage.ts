import { assertRecordBytes, assertRecordName, isRecordName } from './record-name.js';

/**
 * Where bytes are kept by name: all that saving and loading ask of a place.
 *
 * Any object of this shape is one; {@link checkRecordStorage} tells whether it keeps to what is said here.
 * Each method rejects where `name` is none that {@link assertRecordName} accepts.
 */
export interface RecordStorage {
  /**
   * A record's bytes, `undefined` where there is no such record.
   *
   * The array belongs to the caller: changing it does not change the record.
   */
  read(name: string): Promise<Uint8Array | undefined>;

  /**
   * Makes `bytes` the record of that name, in place of an older one.
   *
   * Atomic: whoever reads meanwhile, or after a crash, sees all of the old record or all of the new one.
   * Once the promise is kept the array belongs to the caller again.
   *
   * @throws Error where the storage can only be read, or has no room.
   */
  write(name: string, bytes: Uint8Array): Promise<void>;

  /** The names of all records, sorted by code unit, without what an interrupted write left behind. */
  list(): Promise<string[]>;

  /**
   * Forgets a record; where there is none, nothing happens.
   *
   * @throws Error where the storage can only be read.
   */
  remove(name: string): Promise<void>;
}

/** What {@link recordStorage} makes a storage of: the same, without the checks, at once or later. */
export interface StorageMethods {
  read(name: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): void | Promise<void>;
  /** In any order; what is no record's name, such as a half-written file's, is left out. */
  list(): readonly string[] | Promise<readonly string[]>;
  remove(name: string): void | Promise<void>;
}

/** A storage that checks names and bytes before it calls `methods`, and sorts what they list. */
export function recordStorage(methods: StorageMethods): RecordStorage {
  return {
    async read(name) {
      assertRecordName(name);
      return await methods.read(name);
    },
    async write(name, bytes) {
      assertRecordName(name);
      assertRecordBytes(bytes);
      await methods.write(name, bytes);
    },
    async list() {
      return (await methods.list()).filter(isRecordName).sort();
    },
    async remove(name) {
      assertRecordName(name);
      await methods.remove(name);
    },
  };
}
