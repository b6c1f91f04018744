import { answersOf, idsOf, K, type Rule } from './rule.js';

/** What each answer should be. */
export const ANSWER_RULES: readonly Rule[] = [
  {
    rule: 'answers with at most k',
    change: 'give a list of up to k items, each once',
    look(recommender, questions) {
      for (const { user, answer } of answersOf(recommender, questions)) {
        if (!Array.isArray(answer)) return `${typeof answer} for ${user}`;
        if (answer.length > K) return `${answer.length} items for ${user}, who asked for ${K}`;
        if (new Set(idsOf(answer)).size < answer.length) return `an item twice for ${user}`;
      }
      return undefined;
    },
  },
  {
    rule: 'best first',
    change: 'give each item a score that is a number, highest first',
    look(recommender, questions) {
      for (const { user, answer } of answersOf(recommender, questions)) {
        const wrong = answer.findIndex(
          ({ score }, place) => !Number.isFinite(score) || score > (answer[place - 1]?.score ?? Infinity),
        );
        if (wrong >= 0) return `score ${answer[wrong]!.score} at place ${wrong} for ${user}`;
      }
      return undefined;
    },
  },
  {
    rule: 'nothing from the past',
    change: 'leave out what somebody has liked already',
    look(recommender, questions) {
      for (const { user, answer } of answersOf(recommender, questions)) {
        const liked = recommender.historyItems(user);
        const seen = idsOf(answer).find((item) => liked.includes(item));
        if (seen !== undefined) return `${seen} for ${user}, who has liked it`;
      }
      return undefined;
    },
  },
  {
    rule: 'the same again',
    change: 'let recommend change nothing, and draw nothing',
    look(recommender, questions) {
      const [first, again] = [answersOf(recommender, questions), answersOf(recommender, questions)];
      const other = first.findIndex((each, place) => JSON.stringify(each) !== JSON.stringify(again[place]));
      return other < 0 ? undefined : `another answer for ${questions.users[other]} when asked again`;
    },
  },
  {
    rule: 'together as alone',
    change: 'let recommendBatch give each the items that recommend gives',
    look(recommender, questions) {
      const alone = answersOf(recommender, questions).map(({ answer }) => idsOf(answer).join());
      const together = recommender.recommendBatch(questions.users, { k: K });
      if (together.length !== alone.length) return `${together.length} answers for ${alone.length} users`;
      const other = together.findIndex((answer, place) => idsOf(answer).join() !== alone[place]);
      return other < 0 ? undefined : `other items for ${questions.users[other]}`;
    },
  },
];
