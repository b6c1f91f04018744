import { joinHistories, type ShownSession } from '@rl-recsys/drr';
import type { EmbeddingTable } from '@rl-recsys/embeddings';
import { ItemHistory } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import type { MovingTasteWorld } from '@rl-recsys/simulators';
import { drawItem, itemProbabilities, type SoftmaxPolicy } from './softmax-policy.js';

/** A session with what is logged of it. */
export interface PlayedSession extends ShownSession {
  readonly items: number[];
  readonly rewards: number[];
  /** With which probability each item was shown, given what was shown before it. */
  readonly propensities: number[];
  /** What it earned. */
  readonly earned: number;
  /** What it is worth with who leaves when integrated out: less noise, the same mean. NaN where users leave. */
  readonly worth: number;
}

/** Sessions side by side: one call of the actor serves them. */
const AT_ONCE = 256;

/** Plays sessions of a softmax policy. With `stay` nobody leaves, and only `worth` means something. */
export function playSessions({
  world,
  users,
  items,
  policy,
  sessions,
  stay = false,
  random,
}: {
  readonly world: MovingTasteWorld;
  readonly users: readonly number[];
  readonly items: EmbeddingTable;
  readonly policy: SoftmaxPolicy;
  readonly sessions: number;
  readonly stay?: boolean;
  readonly random: Random;
}): PlayedSession[] {
  const { sessionLength, noise } = world.dynamics;
  const probabilities = new Float64Array(items.rows);
  const played: PlayedSession[] = [];
  while (played.length < sessions) {
    const all = Array.from({ length: Math.min(AT_ONCE, sessions - played.length) }, () => {
      const user = users[random.integer(users.length)]!;
      return {
        ...{ user, state: world.initialState(user), past: new ItemHistory(sessionLength) },
        ...{ items: [] as number[], rewards: [] as number[], propensities: [] as number[] },
        ...{ shown: new Uint8Array(items.rows), survival: 1, worth: 0, isOver: false },
      };
    });
    for (let live = all; live.length > 0; live = live.filter(({ isOver }) => !isOver)) {
      const views = live.map(({ user, past }) => ({ user, ...past.observe() }));
      const actions = policy.act(joinHistories(views, sessionLength));
      for (const [row, session] of live.entries()) {
        const { state } = session;
        const action = actions.subarray(row * items.size, (row + 1) * items.size);
        itemProbabilities(items, action, session.shown, probabilities);
        const item = drawItem(probabilities, random);
        const stars = Math.round(world.meanRating(state, item) + noise * random.normal());
        const reward = (Math.min(5, Math.max(1, stars)) - 3) / 2;
        session.worth += session.survival * world.expectedReward(state, item);
        world.transition(state, item, state);
        session.items.push(item);
        session.rewards.push(reward);
        session.propensities.push(probabilities[item]!);
        session.shown[item] = 1;
        session.past.push(item, reward);
        const leaving = world.leavingProbability(state);
        session.survival *= 1 - leaving;
        session.isOver = state.shown === sessionLength || (!stay && random.uniform() < leaving);
      }
    }
    for (const { user, items: shown, rewards, propensities, worth } of all) {
      const earned = rewards.reduce((sum, reward) => sum + reward, 0);
      played.push({ ...{ user, items: shown, rewards, propensities, earned }, worth: stay ? worth : NaN });
    }
  }
  return played;
}
