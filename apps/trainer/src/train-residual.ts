import {
  bestItem,
  joinHistories,
  residualTransition,
  storedCandidates,
  type ResidualAgent,
  type ResidualFields,
  type ShownItem,
} from '@rl-recsys/drr';
import {
  syncVectorEnvironment,
  type Environment,
  type MaybePromise,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { linearSchedule, NStepReturns, type Replay } from '@rl-recsys/replay-buffer';
import { learningRateShare } from './learning-rate-share.js';
import type { TrainingMetrics } from './metrics.js';
import { TrainingMonitor } from './training-monitor.js';

export interface TrainResidualOptions {
  /** Makes one environment for each of the sessions that run side by side. */
  readonly makeEnvironment: (index: number) => Environment<RecommendationObservation, number>;
  readonly agent: ResidualAgent;
  readonly replay: Replay<ResidualFields>;
  readonly random: Random;
  /** How many items are shown in all, about. */
  readonly steps: number;
  readonly batchSize: number;
  readonly gamma: number;
  /** n of n-step returns (default 1). */
  readonly returnSteps?: number;
  /** The share of random items falls from 1 to this in the first half (default 0.2). */
  readonly lastEpsilon?: number;
  /** Called about a hundred times in a run; training waits for it. */
  readonly onMetrics: (metrics: TrainingMetrics) => MaybePromise<void>;
}

/** Sessions side by side: one call of the actor serves them all. */
const SESSIONS = 64;
/** Updates after each of their steps. */
const UPDATES = 4;
/** Steps that only fill the replay buffer, and the share of all that they are at most. */
const WARM_UP = { steps: 50, share: 0.2 };

/**
 * Trains DRR's default variant: shows items in many sessions at once, stores what they earned, and learns from
 * batches of that, at a rate that falls to nearly nothing in the second half.
 */
export async function trainResidual(options: TrainResidualOptions): Promise<void> {
  const { makeEnvironment, agent, replay, random, steps, batchSize, gamma } = options;
  const { returnSteps = 1, lastEpsilon = 0.2 } = options;
  const sessions = syncVectorEnvironment(
    Array.from({ length: SESSIONS }, (_, index) => () => makeEnvironment(index)),
  );
  const returns = Array.from(
    { length: SESSIONS },
    () => new NStepReturns<RecommendationObservation, ShownItem>({ steps: returnSteps, gamma }),
  );
  const rounds = Math.ceil(steps / SESSIONS);
  // A return takes so many steps: before that there may be nothing to learn from.
  const warmUp = Math.min(WARM_UP.steps, Math.max(returnSteps, Math.ceil(WARM_UP.share * rounds)));
  const batch = replay.createBatch(batchSize);
  const monitor = new TrainingMonitor({ lines: 100, lastStep: rounds * SESSIONS });

  let { observations } = await sessions.reset();
  let ended = observations.map(() => false);
  for (let round = 0, step = 0; round < rounds; round++) {
    // a = π(s) for all sessions; ε-greedily, each shows its best candidate or any.
    const epsilon = linearSchedule(round, { from: 1, to: lastEpsilon, steps: Math.ceil(rounds / 2) });
    const actions = agent.act(joinHistories(observations, agent.historySize));
    const items = agent.learningItems;
    const actionOf = (session: number) => actions.subarray(session * items.size, (session + 1) * items.size);
    const shown = observations.map(({ candidates }, session) => {
      if (ended[session]) return 0; // ignored: a new session begins
      if (random.uniform() < epsilon) return candidates[random.integer(candidates.length)]!;
      return bestItem(actionOf(session), items, candidates);
    });

    // What they earn is stored with the candidates that there were.
    const next = await sessions.step(shown);
    for (const [session, observation] of observations.entries()) {
      step += 1;
      if (next.reset[session]) {
        monitor.sessionBegan();
        continue;
      }
      const [item, reward] = [shown[session]!, next.rewards[session]!];
      const count = agent.fields.candidates.size;
      const choices = observation.candidates;
      const candidates = storedCandidates(choices, item, actionOf(session), items, count, random);
      const finished = returns[session]!.push({
        ...{ observation, action: { item, candidates }, reward },
        nextObservation: next.observations[session]!,
        terminated: next.terminated[session]!,
        truncated: next.truncated[session]!,
      });
      for (const transition of finished) replay.add(residualTransition(transition));
      const metrics = monitor.stepped({ step, reward, epsilon });
      if (metrics !== undefined) await options.onMetrics(metrics);
    }
    observations = next.observations;
    ended = observations.map((_, session) => next.terminated[session]! || next.truncated[session]!);

    // Learn: critics each time, the actor every second time.
    if (round + 1 < warmUp) continue;
    if (round + 1 === warmUp) standardise(agent, replay);
    agent.scaleLearningRates(learningRateShare(round, rounds));
    for (let update = 0; update < UPDATES; update++) {
      replay.sample(batch, { beta: 1 });
      const learned = agent.learn(batch);
      replay.updatePriorities(batch.ids, learned.tdErrors);
      monitor.learned(learned);
    }
  }
}

function standardise(agent: ResidualAgent, replay: Replay<ResidualFields>): void {
  const batch = replay.createBatch(Math.min(replay.size, 2048));
  replay.sample(batch, { beta: 1 });
  agent.standardise(batch);
}
