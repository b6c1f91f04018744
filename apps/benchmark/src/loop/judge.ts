import { sessionSteps, type RewardedHistories, type SessionSteps } from '@rl-recsys/drr';
import type { EmbeddingTable } from '@rl-recsys/embeddings';
import type { LoggedSessions } from '@rl-recsys/off-policy';
import type { Random } from '@rl-recsys/random';
import type { PlayedSession } from './play.js';
import { drawItem, itemProbabilities, type SoftmaxPolicy } from './softmax-policy.js';

/** A log as it is learned from and judged by. */
export interface SessionLog {
  readonly steps: SessionSteps;
  readonly propensities: Float64Array;
}

export function logOf(sessions: readonly PlayedSession[], historySize: number): SessionLog {
  return {
    steps: sessionSteps(sessions, historySize),
    propensities: Float64Array.from(sessions.flatMap(({ propensities }) => propensities)),
  };
}

/** Rows that act in one call. */
const AT_ONCE = 4096;

/** a(s) / T at every step of a log `[rows, k]`. */
export function actAtAll({ steps }: SessionLog, policy: SoftmaxPolicy, size: number): Float32Array {
  const rows = steps.item.length;
  const n = steps.history.length / rows;
  const actions = new Float32Array(rows * size);
  for (let first = 0; first < rows; first += AT_ONCE) {
    const end = Math.min(rows, first + AT_ONCE);
    const views: RewardedHistories = {
      user: steps.user.subarray(first, end),
      history: steps.history.subarray(first * n, end * n),
      rewards: steps.rewards.subarray(first * n, end * n),
    };
    actions.set(policy.act(views), first * size);
  }
  return actions;
}

/** What a policy would have done in logged sessions, and at each step some items that it draws there. */
export function wouldHaveDone(
  { steps, propensities }: SessionLog,
  items: EmbeddingTable,
  actions: Float32Array,
  { draws, random }: { readonly draws: number; readonly random: Random },
): { readonly log: LoggedSessions; readonly drawn: Int32Array } {
  const { starts, item, reward } = steps;
  const targetProbabilities = new Float64Array(item.length);
  const drawn = new Int32Array(item.length * draws);
  const probabilities = new Float64Array(items.rows);
  const shown = new Uint8Array(items.rows);
  for (let session = 0; session + 1 < starts.length; session++) {
    shown.fill(0);
    for (let row = starts[session]!; row < starts[session + 1]!; row++) {
      const action = actions.subarray(row * items.size, (row + 1) * items.size);
      itemProbabilities(items, action, shown, probabilities);
      targetProbabilities[row] = probabilities[item[row]!]!;
      for (let draw = 0; draw < draws; draw++) drawn[row * draws + draw] = drawItem(probabilities, random);
      shown[item[row]!] = 1;
    }
  }
  return { log: { starts, rewards: reward, propensities, targetProbabilities }, drawn };
}

/** The first sessions of a log. */
export function firstSessions({ steps, propensities }: SessionLog, sessions: number): SessionLog {
  const starts = steps.starts.subarray(0, Math.min(sessions, steps.starts.length - 1) + 1);
  const rows = starts.at(-1)!;
  const n = steps.history.length / steps.item.length;
  return {
    steps: {
      starts,
      user: steps.user.subarray(0, rows),
      history: steps.history.subarray(0, rows * n),
      rewards: steps.rewards.subarray(0, rows * n),
      item: steps.item.subarray(0, rows),
      reward: steps.reward.subarray(0, rows),
    },
    propensities: propensities.subarray(0, rows),
  };
}
