import { continueResidual, learnFromSessions, partsOfPolicy, policyOnBackend } from '@rl-recsys/drr';
import type { Random } from '@rl-recsys/random';
import {
  createRecommender,
  type Recommender,
  type RecommenderParts,
  type VectorParts,
} from '@rl-recsys/recommender';
import type { SessionLog } from './session-log.js';

/** The parts of a recommender that can be learned on. */
export type LearnableParts = RecommenderParts &
  VectorParts & { readonly savedPolicy: Exclude<VectorParts['savedPolicy'], { readonly kind: 'paper' }> };

/** @throws TypeError where the recommender has another policy than the default variant's. */
export function learnableParts({ parts }: Recommender): LearnableParts {
  if (!('tables' in parts) || parts.savedPolicy.kind === 'paper') {
    const kind = 'tables' in parts ? parts.savedPolicy.kind : parts.policy.saved.kind;
    throw new TypeError(`run: expected a policy of the residual variant to learn on, got ${kind}`);
  }
  return parts as LearnableParts;
}

/** The same recommender by another policy. */
export function withPolicy(recommender: Recommender, saved: LearnableParts['savedPolicy']): Recommender {
  const { log, users, items, titles, tables, foldIn } = learnableParts(recommender);
  const agent = { policy: () => policyOnBackend(saved, tables), savedPolicy: () => saved };
  return createRecommender({ agent, log, users, items, titles, tables, foldIn });
}

/** How learning goes on. */
export interface LearnPolicyOptions {
  /** How often it learns from a batch (default 1000, which 600 to 5,000 sessions bear). */
  readonly updates?: number;
  readonly random: Random;
}

/**
 * Goes on learning from a log where the newest part of a recommender's policy stands. TensorFlow.js needs a backend for that.
 *
 * @returns the recommender with what was learned.
 * @throws TypeError where the recommender has another policy than the default variant's.
 */
export function learnPolicy(
  recommender: Recommender,
  log: SessionLog,
  { updates, random }: LearnPolicyOptions,
): Recommender {
  const { savedPolicy, tables } = learnableParts(recommender);
  const { policy } = partsOfPolicy(savedPolicy).at(-1)!;
  const learner = continueResidual(
    policy,
    { users: log.users, items: tables.items, ...(tables.fittedOn && { fittedOn: tables.fittedOn }) },
    random.fork('learner'),
  );
  try {
    learnFromSessions(learner, log.steps, {
      ...(updates !== undefined && { updates }),
      random: random.fork('learning'),
    });
    return withPolicy(recommender, learner.savedPolicy());
  } finally {
    learner.dispose();
  }
}
