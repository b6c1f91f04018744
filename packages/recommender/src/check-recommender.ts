import type { Finding } from '@rl-recsys/environment';
import { ANSWER_RULES } from './check/answer-rules.js';
import { ASKING_RULES } from './check/asking-rules.js';
import type { Recommending, Rule } from './check/rule.js';
import { Recommender } from './recommender.js';

/** How {@link checkRecommender} asks. */
export interface CheckRecommenderOptions {
  /** Ids of users that it knows (default: the first 20 of a `Recommender`). */
  readonly users?: readonly string[];
  /** Ids of items of its catalogue (default: the first two of a `Recommender`). */
  readonly items?: readonly string[];
}

/** Users who are asked for, where none are given. */
const USERS = 20;

/** Items: one that somebody new likes, and one that is left to recommend. */
const ITEMS = 2;

/**
 * Asks a recommender as its users do, and tells what is wrong with its answers, with what was seen and what to change: for
 * the tests of one of your own agents, or of rules that you put around a recommender. What it throws is a finding too.
 *
 * @param recommender - a `Recommender`, or whatever answers as one.
 * @returns what it found; nothing where all is well.
 * @throws RangeError where there are no users or items to ask about.
 */
export function checkRecommender(
  recommender: Recommending,
  options: CheckRecommenderOptions = {},
): Finding[] {
  const known = recommender instanceof Recommender ? recommender.parts : undefined;
  const { users = firstOf(known?.users, USERS), items = firstOf(known?.items, ITEMS) } = options;
  for (const [name, { length }] of Object.entries({ users, items })) {
    if (length === 0) throw new RangeError(`${name}: expected ids to ask about, got none`);
  }
  return [...ANSWER_RULES, ...ASKING_RULES].flatMap((rule): Finding[] => {
    const seen = seenBy(rule, recommender, { users, items });
    if (seen === undefined) return [];
    return [{ severity: 'error', rule: rule.rule, seen, change: rule.change }];
  });
}

function firstOf(
  ids: { readonly size: number; idOf(index: number): string } | undefined,
  count: number,
): string[] {
  return Array.from({ length: Math.min(ids?.size ?? 0, count) }, (_, index) => ids!.idOf(index));
}

function seenBy(rule: Rule, ...asked: Parameters<Rule['look']>): string | undefined {
  try {
    return rule.look(...asked);
  } catch (error) {
    return `threw ${String(error)}`;
  }
}
