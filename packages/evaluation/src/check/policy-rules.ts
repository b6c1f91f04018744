import type { Policy } from '../policy.js';
import { isLearning, type LearningPolicy } from '../sessions/learning-policy.js';
import { topPlaces } from '../top-places.js';
import { copyOf, type Question } from './questions.js';

/** What should hold of a policy, and what was seen of it instead. */
export interface PolicyRule {
  readonly rule: string;
  readonly change: string;
  /** What was seen instead, nothing where it holds. It may throw what a policy throws. */
  look(make: () => Policy, questions: readonly Question[]): Promise<string | undefined> | string | undefined;
}

/** Scores may differ by so much of the largest where they are computed together: sums in another order. */
const TOLERANCE = 1e-4;

export const POLICY_RULES: readonly PolicyRule[] = [
  {
    rule: 'scores every item',
    change: 'write a number for each of the items',
    look: (make, questions) => {
      const policy = make();
      for (const question of questions) {
        const place = ask(policy, question).findIndex(Number.isNaN);
        if (place >= 0) return unscored(question, place);
      }
      return undefined;
    },
  },
  {
    rule: 'scores for anybody',
    change: 'score for users who have liked nothing yet, and lists of one item',
    look: (make, [first]) => {
      const { observation, items } = first!;
      const empty = { history: observation.history.map(() => -1), rewards: observation.rewards.map(() => 0) };
      const nobody = { observation: { ...observation, ...empty }, items };
      const alone = {
        observation: { ...observation, candidates: items.slice(0, 1) },
        items: items.slice(0, 1),
      };
      for (const question of [nobody, alone]) {
        const place = ask(make(), question).findIndex(Number.isNaN);
        if (place >= 0) return unscored(question, place);
      }
      return undefined;
    },
  },
  {
    rule: 'deterministic',
    change: 'draw from a passed seeded stream alone',
    look: (make, questions) => {
      const [one, other] = [make(), make()];
      const user = questions.findIndex((each) => furthest(ask(one, each), ask(other, each)) > 0);
      return user < 0 ? undefined : `the same policy scored otherwise for user ${user}`;
    },
  },
  {
    rule: 'keeps no scores',
    change: 'write to the scores of the running call alone: they are lent',
    look: (make, questions) => {
      const policy = make();
      const lent = questions.map((question) => {
        const { observation, items } = copyOf(question);
        const scores = new Float32Array(items.length).fill(NaN);
        policy.score(observation, items, scores);
        return { scores, then: scores.slice() };
      });
      const user = lent.findIndex(({ scores, then }) => furthest(scores, then) > 0);
      return user < 0 ? undefined : `scores of user ${user} changed in a later call`;
    },
  },
  {
    rule: 'scores together as alone',
    change: 'let scoreBatch give what score gives',
    look: (make, questions) => {
      const [policy, alone] = [make(), make()];
      if (!policy.scoreBatch) return undefined;
      const copies = questions.map(copyOf);
      const together = copies.map(({ items }) => new Float32Array(items.length).fill(NaN));
      policy.scoreBatch(
        copies.map(({ observation }) => observation),
        copies.map(({ items }) => items),
        together,
      );
      for (const [place, question] of questions.entries()) {
        const difference = furthest(together[place]!, ask(alone, question));
        if (difference > TOLERANCE)
          return `scoreBatch scored otherwise for user ${question.observation.user}`;
      }
      return undefined;
    },
  },
  {
    rule: 'reset goes back',
    change: 'let reset forget every step',
    look: async (make, [first]) => {
      const policy = make();
      if (!isLearning(policy)) return undefined;
      await policy.reset();
      const before = ask(policy, first!);
      for (let step = 0; step < 3; step++) await learnFrom(policy, first!);
      await policy.reset();
      return furthest(ask(policy, first!), before) > 0 ? 'it scored otherwise after a reset' : undefined;
    },
  },
];

/** What a policy scores, float32 `[items]`; NaN where it writes nothing. */
function ask(policy: Policy, question: Question): Float32Array {
  const { observation, items } = copyOf(question);
  const scores = new Float32Array(items.length).fill(NaN);
  policy.score(observation, items, scores);
  return scores;
}

/** Shows what the policy ranks first, which is liked, and tells it. */
async function learnFrom(policy: LearningPolicy, question: Question): Promise<void> {
  const { observation, items } = copyOf(question);
  const action = items[topPlaces(ask(policy, question), 1)[0]!]!;
  const [history, rewards] = [observation.history.slice(), observation.rewards.slice()];
  history.copyWithin(0, 1);
  rewards.copyWithin(0, 1);
  history[history.length - 1] = action;
  rewards[rewards.length - 1] = 1;
  const nextObservation = { ...observation, history, rewards };
  await policy.observe({
    ...{ observation, action, reward: 1, nextObservation },
    ...{ terminated: false, truncated: false },
  });
}

/** The largest difference, in units of the largest score but at least of 1; ∞ where only one is a number. */
function furthest(one: Float32Array, other: Float32Array): number {
  const size = Math.max(1, ...Array.from(one, Math.abs).filter(Number.isFinite));
  return Math.max(
    0,
    ...Array.from(one, (score, place) => {
      const beside = other[place]!;
      if (Object.is(score, beside) || score === beside) return 0;
      const difference = Math.abs(score - beside) / size;
      return Number.isNaN(difference) ? Infinity : difference;
    }),
  );
}

function unscored({ observation, items }: Question, place: number): string {
  return `item ${items[place]} of user ${observation.user} got no score, or NaN`;
}
