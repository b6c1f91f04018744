import {
  fitReturns,
  mixPolicies,
  optionsOfPolicy,
  partsOfPolicy,
  predictSessions,
  RewardModel,
} from '@rl-recsys/drr';
import {
  cumulativeWeights,
  judgeNearStep,
  largestShare,
  mixScores,
  overlapOf,
  sessionWeights,
  type LoggedSessions,
  type NearStepJudgement,
} from '@rl-recsys/off-policy';
import type { Random } from '@rl-recsys/random';
import type { Recommender } from '@rl-recsys/recommender';
import { gumbelTopK } from '../exploration/gumbel-top-k.js';
import { slotProbabilities } from '../exploration/slot-probabilities.js';
import { learnableParts, withPolicy } from './learn-policy.js';
import type { SessionLog } from './session-log.js';

/** Draws of a row by which it is told what the policy would earn there. */
const DRAWS = 2;
/** Updates of the model of returns. */
const UPDATES = 300;
/** Sessions that the share is found by: more don't move it. */
const SHARE_SESSIONS = 600;

/** A step from what serves towards what was learned, and what a log says of it. */
export interface NearStep extends NearStepJudgement {
  /** How far it goes, from 0 to 1. */
  readonly share: number;
  /** The recommender between the two; undefined where no step keeps any overlap. */
  readonly recommender: Recommender | undefined;
}

/** What a step is made of and judged by. */
export interface NearStepParts {
  readonly serving: Recommender;
  readonly fresh: Recommender;
  /** What `fresh` was learned from: the share is chosen by it, and the model of returns fitted. */
  readonly learned: SessionLog;
  /** What learning never saw, answered by `serving` alone. */
  readonly judging: SessionLog;
  readonly random: Random;
}

/**
 * Goes as far from `serving` towards `fresh` as the log leaves overlap, and judges that step by sessions that learning has not seen: as
 * `judgeNearStep` of `@rl-recsys/off-policy` does, within the items that each answer was drawn from.
 */
export function nearStep({ serving, fresh, learned, judging, random }: NearStepParts): NearStep {
  const begun = {
    ...learned,
    steps: { ...learned.steps, starts: learned.steps.starts.slice(0, SHARE_SESSIONS + 1) },
  };
  const [from, to] = [actionsOf(serving, begun), actionsOf(fresh, begun)];
  const share = largestShare((each) => {
    const log = wouldHaveDone(begun, serving, mixScores(from, to, each));
    return overlapOf(sessionWeights(log, cumulativeWeights(log)));
  });
  const between = mixScores(actionsOf(serving, judging), actionsOf(fresh, judging), share);
  const log = wouldHaveDone(judging, serving, between);
  const predictions = predicted({ serving, learned, judging, random }, between);
  const judgement = judgeNearStep(log, predictions, { random: random.fork('bootstrap') });
  if (share === 0) return { ...judgement, publish: false, share, recommender: undefined };
  return { ...judgement, share, recommender: stepped(serving, fresh, share) };
}

function stepped(serving: Recommender, fresh: Recommender, share: number): Recommender {
  if (share === 1) return fresh;
  return withPolicy(
    serving,
    mixPolicies(learnableParts(serving).savedPolicy, learnableParts(fresh).savedPolicy, share),
  );
}

/** a(s) at every row of a log `[rows, k]`. */
export function actionsOf(recommender: Recommender, { steps, users }: SessionLog): Float32Array {
  const rows = steps.starts.at(-1)!;
  const n = steps.history.length / Math.max(1, steps.item.length);
  const askers = Array.from({ length: rows }, (_, row) => ({
    user: steps.user[row]!,
    history: steps.history.subarray(row * n, (row + 1) * n),
    rewards: steps.rewards.subarray(row * n, (row + 1) * n),
  }));
  return learnableParts(recommender).policy.forUsers(users).actBatch(askers);
}

/** What a policy with these actions would have done in a log: how likely what was shown would have been. */
export function wouldHaveDone(
  { steps, propensities, answers }: SessionLog,
  recommender: Recommender,
  actions: Float32Array,
): LoggedSessions {
  const rows = steps.starts.at(-1)!;
  const targetProbabilities = new Float64Array(rows);
  for (let row = 0; row < rows;) {
    const { drawn, temperature, pool } = answers[steps.user[row]!]!;
    const utilities = utilitiesAt(recommender, actions, row, pool);
    targetProbabilities.set(slotProbabilities(utilities, drawn, temperature), row);
    row += drawn.length;
  }
  const { starts, reward } = steps;
  return {
    starts,
    rewards: reward.subarray(0, rows),
    propensities: propensities.subarray(0, rows),
    targetProbabilities,
  };
}

/** What a model of returns, fitted to one part of a log, expects in the other. */
function predicted(
  { serving, learned, judging, random }: Omit<NearStepParts, 'fresh'>,
  actions: Float32Array,
): { readonly logged: Float64Array; readonly expected: Float64Array } {
  const { savedPolicy, tables } = learnableParts(serving);
  const { blocks, historySize, stateLayer, rewardsInState } = optionsOfPolicy(
    partsOfPolicy(savedPolicy).at(-1)!.policy,
  );
  const model = new RewardModel({
    ...{ users: learned.users, items: tables.items, blocks, historySize, stateLayer },
    ...{ rewardsInState, dropout: 0, random: random.fork('model') },
  });
  try {
    fitReturns(model, learned.steps, { updates: UPDATES, random: random.fork('fit') });
    const draws = drawsOf(judging, serving, actions, random.fork('draws'));
    return predictSessions(model, judging.steps, draws);
  } finally {
    model.dispose();
  }
}

/** int32 `[rows · DRAWS]`: what the policy would show at each row, given what stood above. */
function drawsOf(
  { steps, answers }: SessionLog,
  recommender: Recommender,
  actions: Float32Array,
  random: Random,
): Int32Array {
  const drawn = new Int32Array(steps.item.length * DRAWS);
  for (let row = 0; row < steps.item.length;) {
    const answer = answers[steps.user[row]!]!;
    const utilities = utilitiesAt(recommender, actions, row, answer.pool);
    for (const place of answer.drawn) {
      for (let draw = 0; draw < DRAWS; draw++) {
        const [best] = gumbelTopK(utilities, 1, answer.temperature, random);
        drawn[row * DRAWS + draw] = answer.pool[best!]!;
      }
      utilities[place] = -Infinity; // it stands above the next
      row++;
    }
  }
  return drawn;
}

function utilitiesAt(
  recommender: Recommender,
  actions: Float32Array,
  row: number,
  pool: Int32Array,
): Float64Array {
  const { vectors, size } = learnableParts(recommender).policy.tables.items;
  return Float64Array.from(pool, (item) => {
    let score = 0;
    for (let k = 0; k < size; k++) score += vectors[item * size + k]! * actions[row * size + k]!;
    return Math.fround(score); // as scores are that recommendations are drawn by
  });
}
