import {
  discrete,
  type Environment,
  ItemHistory,
  recommendationSpace,
  type RecommendationObservation,
} from '@rl-recsys/environment';

/**
 * The seed picks one of `users`. Item i earns `rewardOf(user, i)`; all items stay candidates, in descending
 * order; a session terminates after `length` steps.
 */
export function toyEnvironment({
  users = 3,
  items = 4,
  length = Infinity,
  rewardOf,
}: {
  users?: number;
  items?: number;
  length?: number;
  rewardOf: (user: number, item: number) => number;
}): Environment<RecommendationObservation, number> {
  const historySize = 2;
  let user = 0;
  let step = 0;
  let history = new ItemHistory(historySize);
  const observe = () => ({
    user,
    ...history.observe(),
    candidates: Int32Array.from({ length: items }, (_, place) => items - 1 - place),
  });
  return {
    observationSpace: recommendationSpace({ userCount: users, itemCount: Math.max(items, 1), historySize }),
    actionSpace: discrete(Math.max(items, 1)),
    reset({ seed = 0 } = {}) {
      user = seed % users;
      step = 0;
      history = new ItemHistory(historySize);
      return { observation: observe(), info: {} };
    },
    step(item) {
      step += 1;
      const reward = rewardOf(user, item);
      if (reward > 0) history.push(item, reward);
      return { observation: observe(), reward, terminated: step >= length, truncated: false, info: {} };
    },
  };
}
