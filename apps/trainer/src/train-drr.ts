import { bestItem, type DrrAgent, type TransitionFields } from '@rl-recsys/drr';
import type { EmbeddingTable } from '@rl-recsys/embeddings';
import type { Environment, MaybePromise, RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { linearSchedule, type Replay } from '@rl-recsys/replay-buffer';
import type { TrainingMetrics } from './metrics.js';
import { TrainingMonitor } from './training-monitor.js';

export interface TrainDrrOptions {
  readonly environment: Environment<RecommendationObservation, number>;
  readonly agent: DrrAgent;
  readonly replay: Replay<TransitionFields>;
  /** The vectors that an action ranks. */
  readonly items: EmbeddingTable;
  readonly random: Random;
  /** How many items are shown in all. */
  readonly steps: number;
  /** N */
  readonly batchSize: number;
  readonly gamma: number;
  /** Called about a hundred times in a run; training waits for it. */
  readonly onMetrics: (metrics: TrainingMetrics) => MaybePromise<void>;
}

/**
 * DRR's Algorithm 1 (Liu et al. 2018, arXiv 1810.12027): learns to recommend, session by session.
 */
export async function trainDrr(options: TrainDrrOptions): Promise<void> {
  const { environment, agent, replay, items, random, steps, batchSize, gamma, onMetrics } = options;
  const batch = replay.createBatch(batchSize);
  const monitor = new TrainingMonitor({ lines: 100, lastStep: steps });

  let step = 0;
  while (step < steps) {
    // A session begins with a user and what they liked last, H = {i₁ … iₙ}.
    let { observation } = await environment.reset();
    let sessionEnded = false;
    monitor.sessionBegan();

    while (!sessionEnded && step < steps) {
      // a = π(s), where s = f(H). Exploring, ε-greedily, draws the whole vector: it must be the action
      // that chose the item, or the critic would learn about one and be told of another.
      const epsilon = linearSchedule(step, { from: 1, to: 0.1, steps: Math.ceil(steps / 2) });
      const action = random.uniform() < epsilon ? randomAction(items.size, random) : agent.act(observation);

      // Show the candidate with the highest score i·a; the user's rating is the reward, and the next
      // observation has it in H if they liked it.
      const item = bestItem(action, items, observation.candidates);
      const next = await environment.step(item);
      replay.add({
        user: observation.user,
        history: observation.history,
        action,
        reward: next.reward,
        discount: next.terminated ? 0 : gamma, // a session that is only cut off goes on being worth something
        nextHistory: next.observation.history,
      });
      observation = next.observation;
      sessionEnded = next.terminated || next.truncated;
      step += 1;

      // Sample by priority, then update critic, actor, state module and targets.
      if (replay.size >= batchSize) {
        const beta = linearSchedule(step, { from: 0.4, to: 1, steps });
        replay.sample(batch, { beta });
        const learned = agent.learn(batch);
        replay.updatePriorities(batch.ids, learned.tdErrors);
        monitor.learned(learned);
      }
      const metrics = monitor.stepped({ step, reward: next.reward, epsilon });
      if (metrics !== undefined) await onMetrics(metrics);
    }
  }
}

/** A vector uniform over the action space, (−1, 1)ᵏ. */
function randomAction(size: number, random: Random): Float32Array {
  return Float32Array.from({ length: size }, () => 2 * random.uniform() - 1);
}
