import type { FeedbackLog } from './feedback-log.js';
import type { FeedbackRecord, RewardRecord } from './feedback-record.js';

/** One way in which a log breaks the contract. */
export interface LogFinding {
  /** What should hold, such as `in-order`. */
  readonly rule: string;
  /** What was seen instead. */
  readonly seen: string;
  /** What to change. */
  readonly change: string;
}

/** One thing that should hold of a log. */
interface Rule {
  readonly rule: string;
  readonly change: string;
  /** What was seen instead, nothing where it holds. */
  look(open: () => Promise<FeedbackLog>): Promise<string | undefined>;
}

/**
 * Uses logs and tells where they break the contract of {@link FeedbackLog}, with what was seen and what to change: for the
 * tests of an engine of your own. A throw becomes a finding too.
 *
 * @param open - opens the same log each time, which has no records at first and will have some afterwards; it is closed before it is
 * opened again.
 */
export async function checkFeedbackLog(open: () => Promise<FeedbackLog>): Promise<LogFinding[]> {
  const findings: LogFinding[] = [];
  for (const each of RULES) {
    const seen = await each.look(open).catch((error: unknown) => `threw ${String(error)}`);
    if (seen !== undefined) findings.push({ rule: each.rule, seen, change: each.change });
  }
  return findings;
}

const RULES: readonly Rule[] = [
  {
    rule: 'in-order',
    change:
      'give records that are appended side by side positions in the order of the calls, and list them by position',
    look: (open) =>
      using(open, async (log) => {
        const positions = await Promise.all(range(0, 50).map((number) => log.append(reward(number))));
        const place = positions.findIndex(
          (position, index) => index > 0 && positions[index - 1]! >= position,
        );
        if (place >= 0) return `append gave ${positions[place]} after ${positions[place - 1]}`;
        const listed = await listOf(log);
        const ids = listed.map(({ record }) => idOf(record)).join();
        if (ids !== range(0, 50).join()) return `records() gave ${ids}`;
        const wrong = listed.findIndex(({ position }, index) => position !== positions[index]);
        return wrong < 0
          ? undefined
          : `records() placed ${wrong} at ${listed[wrong]!.position}, append at ${positions[wrong]}`;
      }),
  },
  {
    rule: 'read-what-was-appended',
    change: 'let read give a record as it was when it was appended, whatever became of the object since',
    look: (open) =>
      using(open, async (log) => {
        const record = { ...reward(50), item: 'ü\n"\u2028' };
        const appended = log.append(record);
        record.item = 'changed';
        const came = await log.read(await appended);
        return came?.kind === 'reward' && came.item === 'ü\n"\u2028'
          ? undefined
          : `read gave ${JSON.stringify(came)}`;
      }),
  },
  {
    rule: 'kept-when-opened-again',
    change: 'keep records, with their positions, when the log is closed and opened again',
    async look(open) {
      const position = await using(open, (log) => log.append(reward(51)));
      return using(open, async (log) => {
        const came = await log.read(position);
        if (came === undefined) return 'read gave undefined in place of the record';
        const next = await log.append(reward(52));
        return next > position ? undefined : `append gave ${next} after ${position}`;
      });
    },
  },
  {
    rule: 'since',
    change: 'let records(since) leave out nothing that is as young as since',
    look: (open) =>
      using(open, async (log) => {
        const ids = (await listOf(log, 40)).map(({ record }) => idOf(record));
        const missing = range(40, 53).find((number) => !ids.includes(String(number)));
        return missing === undefined ? undefined : `records(40) left out the record of time ${missing}`;
      }),
  },
  {
    rule: 'forgets-users',
    change:
      'remove all records of a user in forget, and no other, leave the others their positions, and say how many',
    look: (open) =>
      using(open, async (log) => {
        const before = await listOf(log);
        const theirs = before.filter(({ record }) => record.kind === 'reward' && record.user === 'user-1');
        const forgotten = await log.forget('user-1');
        if (forgotten !== theirs.length) return `forget gave ${forgotten} in place of ${theirs.length}`;
        if ((await log.read(theirs[0]!.position)) !== undefined) return 'read still gave a record of theirs';
        const after = await listOf(log);
        const expected = before.filter((each) => !theirs.includes(each));
        return JSON.stringify(after) === JSON.stringify(expected)
          ? undefined
          : `${after.length} records in place of ${expected.length}`;
      }),
  },
  {
    rule: 'retains-the-young',
    change: 'remove nothing in retain(since) that is as young as since',
    look: (open) =>
      using(open, async (log) => {
        const young = (await listOf(log)).filter(({ record }) => record.at >= 45);
        await log.retain(45);
        const after = await listOf(log, 45);
        return JSON.stringify(after) === JSON.stringify(young)
          ? undefined
          : `${after.length} records in place of ${young.length}`;
      }),
  },
  {
    rule: 'closed-is-closed',
    change: 'reject in append once the log is closed',
    async look(open) {
      const log = await open();
      await log.close();
      return log.append(reward(53)).then(
        () => 'append was accepted',
        () => undefined,
      );
    },
  },
];

/** A reward of the time that is its number, of one of three users. */
function reward(number: number): RewardRecord {
  return {
    kind: 'reward',
    id: String(number),
    at: number,
    user: `user-${number % 3}`,
    item: `item-${number}`,
    reward: 0.5,
  };
}

function idOf(record: FeedbackRecord): string {
  return record.kind === 'reward' ? record.id : record.eventId;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, place) => start + place);
}

async function listOf(log: FeedbackLog, since?: number) {
  const listed = [];
  for await (const each of log.records(since)) listed.push(each);
  return listed;
}

async function using<T>(
  open: () => Promise<FeedbackLog>,
  look: (log: FeedbackLog) => Promise<T>,
): Promise<T> {
  const log = await open();
  try {
    return await look(log);
  } finally {
    await log.close();
  }
}
