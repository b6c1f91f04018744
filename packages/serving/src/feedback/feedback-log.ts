import type { FeedbackRecord } from './feedback-record.js';

/** A record and where it lies in its log. */
export interface PlacedRecord {
  readonly record: FeedbackRecord;
  readonly position: number;
}

/**
 * Where records are kept, in the order in which they came: all that a service asks of an engine.
 *
 * Any object of this shape is one; `checkFeedbackLog` tells whether it keeps to what is said here.
 */
export interface FeedbackLog {
  /**
   * Writes a record down. The promise is kept once it is there to stay, whatever happens to this process, and so is every record
   * that was appended before it.
   *
   * @returns its position: larger than that of any record before it.
   * @throws Error where it can't be written; then it is not there, and others may be appended.
   */
  append(record: FeedbackRecord): Promise<number>;

  /** The record at a position that `append` gave; undefined where it was forgotten or its time is over. */
  read(position: number): Promise<FeedbackRecord | undefined>;

  /**
   * All records, oldest first.
   *
   * @param since - leaves out, as far as that saves work, what is older than this time (default: nothing).
   */
  records(since?: number): AsyncIterable<PlacedRecord>;

  /** Removes all records of a user, and says how many those were. */
  forget(user: string): Promise<number>;

  /** Removes what is older than a time, as far as it lies together: nothing that is younger. */
  retain(since: number): Promise<void>;

  /** Keeps all promises that are open. Nothing is appended afterwards. */
  close(): Promise<void>;
}
