/** One way in which a storage breaks the contract. */
export interface StorageFinding {
  /** What should hold, such as `whole-or-not-at-all`. */
  readonly rule: string;
  /** What was seen instead. */
  readonly seen: string;
  /** What to change. */
  readonly change: string;
}
