import type { FeedbackRecord, RecommendationRecord } from './feedback-record.js';
import { earned, type RewardRule } from './earned.js';

/** How rewards are joined to recommendations. */
export interface JoinOptions {
  /** How long each recommendation waits for what it earns, clicked or not, in milliseconds. */
  readonly waitingTime: number;
  /** What of several rewards for one item counts (default `earliest`). */
  readonly reward?: RewardRule;
  /** What an item earned of which nothing was heard (default 0). */
  readonly defaultReward?: number;
  /** The time until which the log is known, in milliseconds since 1970 (default: now). Who still waits then is left out. */
  readonly until?: number;
}

/** A recommendation and what it earned. */
export interface JoinedExample {
  readonly recommendation: RecommendationRecord;
  /** What each of its items earned, float64 `[items]`. */
  readonly rewards: Float64Array;
  /** How many rewards that was made from. */
  readonly heard: number;
  /** The recommendation before it in its session; undefined where it is the first, or there is no session. */
  readonly previous: string | undefined;
}

/** What a join left out, and why. */
export interface JoinCounts {
  /** Recommendations that were joined. */
  joined: number;
  /** Rewards that came after the waiting time. */
  late: number;
  /** Rewards that came again by the same id. */
  repeated: number;
  /** Rewards of recommendations or items that the log does not have. */
  strays: number;
  /** Recommendations that were not activated within the waiting time. */
  inactive: number;
  /** Recommendations that still wait. */
  waiting: number;
}

/** Somebody who waits for rewards. */
interface Waiting {
  readonly recommendation: RecommendationRecord;
  readonly previous: string | undefined;
  /** When it began to wait: at the recommendation, or when that was activated. */
  start: number;
  isActive: boolean;
  readonly ids: Set<string>;
  readonly rewards: Map<string, number[]>;
}

/**
 * Joins what was rewarded to what was recommended, in the order in which waiting times end.
 *
 * Every recommendation waits equally long, whether something was heard of it at once or never: one that was joined at its click would
 * be learned from before those that nobody clicked, and the log's end would be all clicks. A recommendation that was to be activated waits as
 * long for that, and then anew.
 *
 * @param records - of a log, in its order.
 * @param counts - is counted up as the examples are taken.
 */
export async function* join(
  records: AsyncIterable<FeedbackRecord> | Iterable<FeedbackRecord>,
  { waitingTime, reward = 'earliest', defaultReward = 0, until = Date.now() }: JoinOptions,
  counts: JoinCounts = joinCounts(),
): AsyncGenerator<JoinedExample> {
  const waiting = new Map<string, Waiting>();
  const isOver = ({ start }: Waiting, now: number) => now - start > waitingTime;
  /** The latest recommendation of each session. */
  const sessions = new Map<string, string>();
  const gone = new Set<string>();

  function* ended(now: number): Generator<JoinedExample> {
    for (const [eventId, each] of waiting) {
      // Those that were activated late stand before others that are over already: not worth a queue of their own.
      if (now - each.recommendation.at <= waitingTime) break;
      if (!isOver(each, now)) continue;
      waiting.delete(eventId);
      gone.add(eventId);
      if (!each.isActive) {
        counts.inactive += 1;
        continue;
      }
      counts.joined += 1;
      const { recommendation, previous, rewards, ids } = each;
      const values = recommendation.items.map(({ item }) =>
        earned(rewards.get(item) ?? [], reward, defaultReward),
      );
      yield { recommendation, previous, rewards: Float64Array.from(values), heard: ids.size };
    }
  }

  for await (const record of records) {
    yield* ended(record.at);
    if (record.kind === 'recommendation') {
      const { session } = record.request;
      waiting.set(record.eventId, {
        ...{ recommendation: record, start: record.at, isActive: record.request.activate !== false },
        ...{ previous: session === undefined ? undefined : sessions.get(session) },
        ...{ ids: new Set(), rewards: new Map() },
      });
      if (session !== undefined) sessions.set(session, record.eventId);
      continue;
    }
    if (record.eventId === undefined) continue; // what users found by themselves
    const joined = waiting.get(record.eventId);
    if (record.kind === 'activation') {
      if (joined && !joined.isActive) [joined.isActive, joined.start] = [true, record.at];
      continue;
    }
    if (joined === undefined) {
      if (gone.has(record.eventId)) counts.late += 1;
      else counts.strays += 1;
    } else if (joined.ids.has(record.id)) counts.repeated += 1;
    else if (!joined.recommendation.items.some(({ item }) => item === record.item)) counts.strays += 1;
    else {
      joined.ids.add(record.id);
      const heard = joined.rewards.get(record.item);
      if (heard) heard.push(record.reward);
      else joined.rewards.set(record.item, [record.reward]);
    }
  }
  yield* ended(until);
  counts.waiting = waiting.size;
}

/** Counts at 0. */
export function joinCounts(): JoinCounts {
  return { joined: 0, late: 0, repeated: 0, strays: 0, inactive: 0, waiting: 0 };
}
