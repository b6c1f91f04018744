import { box, discrete, type Environment } from '@rl-recsys/environment';
import { savedRecord, type Random } from '@rl-recsys/random';

type Probe = Environment<Float32Array, number>;

/** What is seen and which of two actions is taken decide what the last step earns. */
type Reward = (x: number, action: number) => number;

/**
 * The simplest environments on which an agent with discrete actions can fail, each by one mistake more
 * than those before it. The comments say what Q(x, a) must become. The last observation of an episode
 * repeats the one before it: an agent that bootstraps from it, although it terminated, learns other values.
 */

/** Q(0, a) = 1 for both actions. Fails where the critic or its loss is wrong, or the end is not known. */
export function constantReward(): Probe {
  return probe(
    () => [0],
    () => 1,
  );
}

/** x is −1 or 1. Q(x, a) = x for both actions. Fails where observations do not reach the critic. */
export function observationReward(random: Random): Probe {
  return probe(
    () => [sign(random)],
    (x) => x,
  );
}

/** Two steps. Q(−1, a) = γ and Q(1, a) = 1 for both actions. Fails where discounting is wrong. */
export function delayedReward(): Probe {
  return probe(
    () => [-1, 1],
    () => 1,
  );
}

/** Q(0, 0) = −1 and Q(0, 1) = 1; the greedy action is 1. Fails where an action earns for another. */
export function actionReward(): Probe {
  return probe(
    () => [0],
    (_, action) => (action === 1 ? 1 : -1),
  );
}

/**
 * x is −1 or 1. Q(x, a) = 1 where a = 1 and x = 1 or a = 0 and x = −1, else −1, and the greedy action is
 * the one that earns 1. Fails where observations and actions of different steps are mixed up.
 */
export function policyReward(random: Random): Probe {
  return probe(
    () => [sign(random)],
    (x, action) => (action === 1 ? x : -x),
  );
}

/** Shows what `draw` says, one after another; the action at the last of them earns what `reward` says. */
function probe(draw: () => number[], reward: Reward): Probe {
  let shown: number[] = [];
  let step = 0;
  const see = () => Float32Array.of(shown[Math.min(step, shown.length - 1)]!);
  return {
    observationSpace: box({ low: -1, high: 1, length: 1 }),
    actionSpace: discrete(2),
    reset() {
      shown = draw();
      step = 0;
      return { observation: see(), info: {} };
    },
    step(action) {
      const x = shown[step]!;
      step += 1;
      const terminated = step === shown.length;
      return {
        observation: see(),
        reward: terminated ? reward(x, action) : 0,
        terminated,
        truncated: false,
        info: {},
      };
    },
    state: () => ({ shown: [...shown], step }),
    restore(state) {
      const saved = savedRecord(state, 'state', ['shown', 'step']);
      shown = [...(saved.shown as number[])];
      step = saved.step as number;
    },
  };
}

function sign(random: Random): number {
  return random.uniform() < 0.5 ? -1 : 1;
}
