import { HISTORY_SIZE, ItemHistory } from '@rl-recsys/environment';
import type { RewardedHistories } from '../histories.js';

/** One session as it was logged: what was shown, item after item, and what each earned. */
export interface ShownSession {
  readonly user: number;
  /** int32 `[steps]` */
  readonly items: ArrayLike<number>;
  /** `[steps]` */
  readonly rewards: ArrayLike<number>;
}

/**
 * Steps of logged sessions in columns, sessions one after the other: what was seen, what was shown, what it earned. With
 * the propensities beside it, this is what `LoggedSessions` of `@rl-recsys/off-policy` is made from.
 */
export interface SessionSteps {
  /** int32 `[sessions + 1]`: the row where each session starts, and at last the number of rows. */
  readonly starts: Int32Array;
  /** int32 `[rows]` */
  readonly user: Int32Array;
  /** int32 `[rows, n]`: what had been shown in the session, oldest first, −1 at padding. */
  readonly history: Int32Array;
  /** `[rows, n]`: what each item of the history had earned. */
  readonly rewards: Float32Array;
  /** int32 `[rows]`: what was shown. */
  readonly item: Int32Array;
  /** `[rows]`: what it earned. */
  readonly reward: Float32Array;
  /** `[rows]`: what could not be shown there (default: what the session had shown before). */
  readonly barred?: readonly Int32Array[];
}

/**
 * The steps of sessions that begin without a past.
 *
 * @param historySize - n, the length of a history (default 10).
 * @throws RangeError where a session has no step, its items and rewards differ in number, or a reward is not finite.
 */
export function sessionSteps(
  sessions: readonly ShownSession[],
  historySize: number = HISTORY_SIZE,
): SessionSteps {
  const starts = new Int32Array(sessions.length + 1);
  for (const [session, { items, rewards }] of sessions.entries()) {
    if (items.length === 0) throw new RangeError(`sessions[${session}]: expected a step at least, got none`);
    if (rewards.length !== items.length) {
      throw new RangeError(
        `sessions[${session}].rewards: expected ${items.length} like items, got ${rewards.length}`,
      );
    }
    starts[session + 1] = starts[session]! + items.length;
  }
  const rows = starts[sessions.length]!;
  const steps = {
    starts,
    user: new Int32Array(rows),
    history: new Int32Array(rows * historySize),
    rewards: new Float32Array(rows * historySize),
    item: new Int32Array(rows),
    reward: new Float32Array(rows),
  };
  for (const [session, { user, items, rewards }] of sessions.entries()) {
    const past = new ItemHistory(historySize);
    for (let step = 0, row = starts[session]!; step < items.length; step++, row++) {
      const seen = past.observe();
      steps.user[row] = user;
      steps.history.set(seen.history, row * historySize);
      steps.rewards.set(seen.rewards, row * historySize);
      steps.item[row] = items[step]!;
      steps.reward[row] = rewards[step]!;
      if (!Number.isFinite(rewards[step])) {
        throw new RangeError(
          `sessions[${session}].rewards[${step}]: expected a finite number, got ${rewards[step]}`,
        );
      }
      past.push(items[step]!, rewards[step]!);
    }
  }
  return steps;
}

/** What was seen at rows from `first` up to `end`; views, not copies. */
export function viewsOf(
  { user, history, rewards }: SessionSteps,
  first: number,
  end: number,
): RewardedHistories {
  const n = history.length / user.length;
  return {
    user: user.subarray(first, end),
    history: history.subarray(first * n, end * n),
    rewards: rewards.subarray(first * n, end * n),
  };
}

/** Rows of columns that have so many numbers a row, in the order given. */
export function pickRows<Column extends Int32Array | Float32Array>(
  column: Column,
  rows: Int32Array,
  size: number,
): Column {
  const picked = new (column.constructor as new (length: number) => Column)(rows.length * size);
  for (const [place, row] of rows.entries()) {
    picked.set(column.subarray(row * size, (row + 1) * size), place * size);
  }
  return picked;
}

/**
 * Calls `visit` for each row with what can be shown there: all items that are not barred, or that the session has not shown yet.
 *
 * @param visit - gets a view that the next call overwrites.
 */
export function forEachCandidates(
  { starts, item, barred }: SessionSteps,
  itemCount: number,
  visit: (row: number, candidates: Int32Array) => void,
): void {
  const shown = new Uint8Array(itemCount);
  const candidates = new Int32Array(itemCount);
  for (let session = 0; session + 1 < starts.length; session++) {
    shown.fill(0);
    for (let row = starts[session]!; row < starts[session + 1]!; row++) {
      if (barred) {
        shown.fill(0);
        for (const each of barred[row]!) shown[each] = 1;
      }
      let count = 0;
      for (let each = 0; each < itemCount; each++) if (shown[each] === 0) candidates[count++] = each;
      visit(row, candidates.subarray(0, count));
      shown[item[row]!] = 1;
    }
  }
}
