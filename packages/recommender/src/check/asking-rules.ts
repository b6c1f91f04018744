import { answersOf, idsOf, K, type Rule } from './rule.js';

/** An id that no catalogue and no log has. */
const NOBODY = 'nobody of this id \u{1f50d}';

/** What should come of each way to ask. */
export const ASKING_RULES: readonly Rule[] = [
  {
    rule: 'knows its users',
    change: 'let knows tell whether there is a user of that id',
    look(recommender, { users }) {
      const unknown = users.find((user) => !recommender.knows(user));
      if (unknown !== undefined) return `knows(${JSON.stringify(unknown)}) was false`;
      return recommender.knows(NOBODY) ? 'it knew an id that nobody has' : undefined;
    },
  },
  {
    rule: 'answers anybody',
    change: 'recommend what is popular to those of whom nothing is known',
    look(recommender, { items }) {
      for (const asker of [NOBODY, { history: [] }]) {
        if (recommender.recommend(asker, { k: K }).length === 0)
          return `nothing for ${JSON.stringify(asker)}`;
      }
      const [liked] = items;
      const answer = idsOf(recommender.recommend({ history: [liked!] }, { k: K }));
      if (answer.includes(liked!)) return `${liked} for somebody new who has liked it`;
      return items.length > 1 && answer.length === 0
        ? 'nothing for somebody new who has liked one item'
        : undefined;
    },
  },
  {
    rule: 'leaves out and keeps within',
    change: 'honour exclude and within',
    look(recommender, questions) {
      for (const { user, answer } of answersOf(recommender, questions)) {
        const [best] = idsOf(answer);
        if (best === undefined) continue;
        const others = idsOf(recommender.recommend(user, { k: K, exclude: [best] }));
        if (others.includes(best)) return `${best} for ${user} in spite of exclude`;
        const within = idsOf(recommender.recommend(user, { k: K, within: [best] }));
        if (within.join() !== best)
          return `${within.join(', ') || 'nothing'} for ${user} within ${best} alone`;
      }
      return undefined;
    },
  },
  {
    rule: 'refuses what is none',
    change: 'throw where k is no positive integer, or an item is unknown',
    look(recommender, { users: [user] }) {
      const asked: readonly (readonly [string, () => unknown])[] = [
        ...[0, -1, 1.5, NaN].map((k) => [`k of ${k}`, () => recommender.recommend(user!, { k })] as const),
        ['an unknown item in exclude', () => recommender.recommend(user!, { k: K, exclude: [NOBODY] })],
        ['an unknown item in a history', () => recommender.recommend({ history: [NOBODY] }, { k: K })],
      ];
      const taken = asked.find(([, ask]) => !throws(ask));
      return taken && `${taken[0]} was accepted`;
    },
  },
];

function throws(ask: () => unknown): boolean {
  try {
    ask();
    return false;
  } catch {
    return true;
  }
}
