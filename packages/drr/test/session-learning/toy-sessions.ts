import {
  discrete,
  type Environment,
  ItemHistory,
  recommendationSpace,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { savedRecord } from '@rl-recsys/random';
import type { SessionStep } from '../../src/index.js';

const sizes = { userCount: 3, itemCount: 6, historySize: 3 };

/** Users 0 to 2, by the seed; item i of six earns `rewardOf(i)`, and can be shown again and again. */
export function toySessions(
  rewardOf: (item: number) => number,
): Environment<RecommendationObservation, number> {
  let user = 0;
  let history = new ItemHistory(sizes.historySize);
  const candidates = Int32Array.from({ length: sizes.itemCount }, (_, item) => item);
  const observe = () => ({ user, ...history.observe(), candidates });
  return {
    observationSpace: recommendationSpace(sizes),
    actionSpace: discrete(sizes.itemCount),
    reset({ seed = 0 } = {}) {
      user = seed % sizes.userCount;
      history = new ItemHistory(sizes.historySize);
      return { observation: observe(), info: {} };
    },
    step(item) {
      const reward = rewardOf(item);
      history.push(item, reward);
      return { observation: observe(), reward, terminated: false, truncated: false, info: {} };
    },
    state: () => ({ user, history: history.state() }),
    restore(state) {
      const saved = savedRecord(state, 'state', ['user', 'history']);
      history.restore(saved.history);
      user = saved.user as number;
    },
  };
}

/** User 1 was shown `action` of all six, before which they saw 2 and 4. */
export function toyStep(action: number, change: Partial<SessionStep> = {}): SessionStep {
  const candidates = Int32Array.of(0, 1, 2, 3, 4, 5);
  const user = 1;
  return {
    observation: { user, candidates, history: Int32Array.of(-1, 2, 4), rewards: Float32Array.of(0, 1, 0.5) },
    ...{ action, reward: -2 },
    nextObservation: {
      ...{ user, candidates: candidates.filter((item) => item !== action) },
      ...{ history: Int32Array.of(2, 4, action), rewards: Float32Array.of(1, 0.5, -2) },
    },
    ...{ terminated: false, truncated: false },
    ...change,
  };
}
