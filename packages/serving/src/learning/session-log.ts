import type { SessionSteps } from '@rl-recsys/drr';
import type { EmbeddingTable } from '@rl-recsys/embeddings';
import type { Recommender } from '@rl-recsys/recommender';
import type { JoinedSession } from '../feedback/by-session.js';
import type { JoinedExample } from '../feedback/join.js';
import { askerOf } from '../service/asked-again.js';

/** What one recommendation was drawn from. */
export interface DrawnAnswer {
  /** int32 `[pool]`: items that were drawn from. */
  readonly pool: Int32Array;
  /** int32 `[items]`: the places in the pool of those that were answered, in their order. */
  readonly drawn: Int32Array;
  readonly temperature: number;
  readonly model: string;
  /** Which session of the log it belongs to, and what that is called: by its first recommendation where the caller does not say. */
  readonly session: number;
  readonly name: string;
}

/**
 * A joined log as it is learned from and judged by: a row is an item that was shown, the rows of an answer stand from its top, and the
 * answers of a session one after the other. An answer is drawn slot by slot, so its slots are steps.
 */
export interface SessionLog {
  /** `user` of a row is the answer that it belongs to: each is learned from as the policy saw who asked. */
  readonly steps: SessionSteps;
  /** `[answers, k]`: the vectors of those who asked. */
  readonly users: EmbeddingTable;
  /** `[rows]`: how likely each item was, given those before it. */
  readonly propensities: Float64Array;
  readonly answers: readonly DrawnAnswer[];
  /** Sessions that were left out: an answer was not the policy's own choice, or has an item that the recommender does not know. */
  readonly leftOut: number;
}

/**
 * A log of joined sessions in the columns that are learned from.
 *
 * @param recommender - one that ranks by vectors: it tells how a policy saw who asked.
 * @throws TypeError where the recommender ranks by whole pasts.
 */
export function sessionLog(sessions: readonly JoinedSession[], recommender: Recommender): SessionLog {
  const { items } = recommender.parts;
  const isKnown = (item: string) => items.indexOf(item) !== undefined;
  const used = sessions.filter(({ examples }) => examples.every((each) => isUsable(each, isKnown)));
  const examples = used.flatMap(({ examples: own }, session) => own.map((example) => ({ example, session })));
  const seen = recommender.situations(examples.map(({ example }) => askerOf(example.recommendation)));
  const n = examples.length === 0 ? 1 : seen.history.length / examples.length;
  const starts = [0];
  const columns = { user: [] as number[], item: [] as number[], reward: [] as number[], p: [] as number[] };
  const barred: Int32Array[] = [];
  const answers: DrawnAnswer[] = [];
  for (const [answer, { example, session }] of examples.entries()) {
    const { request, items: answered, pool, temperature, model } = example.recommendation;
    const places = new Map(pool.map((item, place) => [item, place]));
    const shown = answered.map(({ item }) => items.indexOf(item)!);
    const closed = closedTo(request, seen.barred[answer]!, items);
    for (const [slot, { probability }] of answered.entries()) {
      columns.user.push(answer);
      columns.item.push(shown[slot]!);
      columns.reward.push(example.rewards[slot]!);
      columns.p.push(probability);
      // What was shown was not closed, whatever is said now.
      const before = new Set([...closed, ...shown.slice(0, slot)]);
      before.delete(shown[slot]!);
      barred.push(Int32Array.from(before));
    }
    answers.push({
      ...{ pool: Int32Array.from(pool, (item) => items.indexOf(item)!), temperature, model, session },
      name: used[session]!.session ?? used[session]!.examples[0]!.recommendation.eventId,
      drawn: Int32Array.from(answered, ({ item }) => places.get(item)!),
    });
    if (examples[answer + 1]?.session !== session) starts.push(columns.item.length);
  }
  const rows = columns.item.length;
  const [history, rewards] = [new Int32Array(rows * n), new Float32Array(rows * n)];
  for (const [row, answer] of columns.user.entries()) {
    history.set(seen.history.subarray(answer * n, (answer + 1) * n), row * n);
    rewards.set(seen.rewards.subarray(answer * n, (answer + 1) * n), row * n);
  }
  return {
    steps: {
      ...{ starts: Int32Array.from(starts), user: Int32Array.from(columns.user), history, rewards, barred },
      ...{ item: Int32Array.from(columns.item), reward: Float32Array.from(columns.reward) },
    },
    ...{ users: seen.users, propensities: Float64Array.from(columns.p), answers },
    leftOut: sessions.length - used.length,
  };
}

/** The sessions of a log that `isOf` names by their number; users stay as they are. */
export function partOfLog(log: SessionLog, isOf: (session: number) => boolean): SessionLog {
  const { steps } = log;
  const n = steps.item.length === 0 ? 1 : steps.history.length / steps.item.length;
  const starts = [0];
  const rows: number[] = [];
  for (let session = 0; session + 1 < steps.starts.length; session++) {
    if (!isOf(session)) continue;
    for (let row = steps.starts[session]!; row < steps.starts[session + 1]!; row++) rows.push(row);
    starts.push(rows.length);
  }
  const [history, rewards] = [new Int32Array(rows.length * n), new Float32Array(rows.length * n)];
  for (const [place, row] of rows.entries()) {
    history.set(steps.history.subarray(row * n, (row + 1) * n), place * n);
    rewards.set(steps.rewards.subarray(row * n, (row + 1) * n), place * n);
  }
  return {
    ...log,
    steps: {
      ...{ starts: Int32Array.from(starts), history, rewards },
      user: Int32Array.from(rows, (row) => steps.user[row]!),
      item: Int32Array.from(rows, (row) => steps.item[row]!),
      reward: Float32Array.from(rows, (row) => steps.reward[row]!),
      barred: rows.map((row) => steps.barred![row]!),
    },
    propensities: Float64Array.from(rows, (row) => log.propensities[row]!),
  };
}

function isUsable({ recommendation }: JoinedExample, isKnown: (item: string) => boolean): boolean {
  const { mode, by, temperature, pool, items } = recommendation;
  return mode === 'online' && by === 'policy' && temperature > 0 && items.length > 0 && pool.every(isKnown);
}

/** All that could not be shown: what they rated, what the request excludes, and where it names candidates all others. */
function closedTo(
  { exclude = [], candidates }: JoinedExample['recommendation']['request'],
  rated: Int32Array,
  items: { readonly size: number; indexOf(id: string): number | undefined },
): Set<number> {
  const index = (id: string) => items.indexOf(id) ?? -1;
  const closed = new Set([...rated, ...exclude.map(index)]);
  if (candidates) {
    const open = new Set(candidates.map(index));
    for (let item = 0; item < items.size; item++) if (!open.has(item)) closed.add(item);
  }
  closed.delete(-1);
  return closed;
}
