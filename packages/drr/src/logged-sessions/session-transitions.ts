import { NO_ITEM } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { NStepReturns, type Transition } from '@rl-recsys/replay-buffer';
import { assertRows } from '../tables.js';
import { storedCandidates, withShown } from '../residual/candidates.js';
import type { ResidualLearner } from '../residual/learner.js';
import type { ResidualFields } from '../residual/transition-fields.js';
import { forEachCandidates, viewsOf, type SessionSteps } from './session-steps.js';

/** Rows that act in one call: few enough for some megabytes. */
const AT_ONCE = 4096;

/** What a later reward is worth. */
export interface SessionReturnOptions {
  /** γ (default 0.98, as where sessions are planned). */
  readonly gamma?: number;
  /** n of n-step returns (default 1: those of several steps describe whoever made them). */
  readonly returnSteps?: number;
}

/**
 * Transitions of logged sessions, as an agent would have stored them that was there: at each step some of what could be shown, as
 * the learner ranks it now, the shown item among it. A session ends where the log ends it.
 *
 * @param random - draws which of many candidates are stored beside the best.
 * @throws RangeError where an index is in no table, or the histories have another length than the learner's.
 */
export function sessionTransitions(
  learner: ResidualLearner,
  steps: SessionSteps,
  { gamma = 0.98, returnSteps = 1, random }: SessionReturnOptions & { readonly random: Random },
): Transition<ResidualFields>[] {
  assertRows(learner.tables.items, 'item', steps.item);
  const stored = storedAt(learner, steps, random);
  const nothing = new Int32Array(learner.fields.candidates.size).fill(NO_ITEM);
  const { starts, reward } = steps;
  const transitions: Transition<ResidualFields>[] = [];
  for (let session = 0; session + 1 < starts.length; session++) {
    const returns = new NStepReturns<number, number>({ steps: returnSteps, gamma });
    const last = starts[session + 1]! - 1;
    for (let row = starts[session]!; row <= last; row++) {
      const finished = returns.push({
        ...{ observation: row, action: steps.item[row]!, reward: reward[row]! },
        ...{ nextObservation: Math.min(row + 1, last), terminated: row === last, truncated: false },
      });
      for (const { observation: from, nextObservation: to, action: item, ...earned } of finished) {
        const [before, after] = [viewsOf(steps, from, from + 1), viewsOf(steps, to, to + 1)];
        transitions.push({
          ...{ user: steps.user[from]!, history: before.history, rewards: before.rewards },
          ...{ candidates: stored[from]!, item, ...earned },
          ...{ nextHistory: after.history, nextRewards: after.rewards },
          nextCandidates: earned.discount === 0 ? nothing : stored[to]!,
        });
      }
    }
  }
  return transitions;
}

/** `[rows]`: what is stored of the candidates of each step. */
function storedAt(learner: ResidualLearner, steps: SessionSteps, random: Random): Int32Array[] {
  const { learningItems: items, fields } = learner;
  const actions = new Float32Array(steps.item.length * items.size);
  for (let first = 0; first < steps.item.length; first += AT_ONCE) {
    const end = Math.min(first + AT_ONCE, steps.item.length);
    actions.set(learner.act(viewsOf(steps, first, end)), first * items.size);
  }
  const stored: Int32Array[] = [];
  forEachCandidates(steps, items.rows, (row, candidates) => {
    const action = actions.subarray(row * items.size, (row + 1) * items.size);
    const best = storedCandidates(candidates, action, items, fields.candidates.size, random);
    stored.push(withShown(best, candidates, steps.item[row]!));
  });
  return stored;
}
