import { fitReturns, learnFromSessions, predictSessions } from '@rl-recsys/drr';
import {
  Canary,
  cumulativeWeights,
  judgeNearStep,
  largestShare,
  mixScores,
  overlapOf,
  sessionDoublyRobust,
  sessionWeights,
  type CanaryDecision,
} from '@rl-recsys/off-policy';
import { Random } from '@rl-recsys/random';
import { mean } from 'simple-statistics';
import { actAtAll, firstSessions, logOf, wouldHaveDone } from './judge.js';
import { playSessions, type PlayedSession } from './play.js';
import { makeLearner, makeModel, TEMPERATURE, type Setting } from './setting.js';
import { between, softmaxOf } from './softmax-policy.js';

/** Sessions of either half of the log, of what finds the share, of the new policy's pool, and of the truth. */
const HALF = 2000;
const SHARE_SESSIONS = 600;
const POOL = 2000;
const TRUTH = 3000;

/** One canary beside the truth. */
export interface CanaryOutcome {
  /** How much more a session of it really earns. */
  readonly truth: number;
  readonly decision: CanaryDecision;
  readonly sessions: number;
  /** Whether the interval held the truth whenever it was looked at. */
  readonly isInside: boolean;
}

/** What one repetition of the loop came to. */
export interface Repetition {
  /** What a session of the serving policy earns on average. */
  readonly serving: number;
  /** The learned policy, the serving one again, and a worse one. */
  readonly canaries: Readonly<Record<'learned' | 'same' | 'worse', CanaryOutcome>>;
  readonly step: {
    readonly share: number;
    readonly truth: number;
    readonly estimate: number;
    readonly low: number;
    readonly high: number;
    readonly effectiveSampleSize: number;
    readonly meanWeight: number;
    readonly publish: boolean;
  };
}

/** Serves, logs, learns from one half, judges a near step by the other, and tries the learned policy in a canary. */
export function repeatLoop(setting: Setting, seed: number): Repetition {
  const { world, users, tables, serving, pools } = setting;
  const { items } = tables;
  const random = Random.fromSeed(seed).fork('repetition');
  const playing = { world, users, items };
  const played = playSessions({
    ...{ ...playing, policy: serving, sessions: 2 * HALF, random: random.fork('log') },
  });
  const historySize = world.dynamics.sessionLength;
  const [learned, judged] = [played.slice(0, HALF), played.slice(HALF)].map((half) =>
    logOf(half, historySize),
  );

  const learner = makeLearner(setting, random.fork('learner'));
  learnFromSessions(learner, learned!.steps, { random: random.fork('learning') });
  const fresh = softmaxOf(learner, TEMPERATURE);

  const some = firstSessions(learned!, SHARE_SESSIONS);
  const [from, to] = [actAtAll(some, serving, items.size), actAtAll(some, fresh, items.size)];
  const share = largestShare((at) => {
    const { log } = wouldHaveDone(some, items, mixScores(from, to, at), { draws: 0, random });
    return overlapOf(sessionWeights(log, cumulativeWeights(log)));
  });
  const step = between(serving, fresh, share);

  const model = makeModel(setting, random.fork('model'));
  fitReturns(model, learned!.steps, { updates: 300, random: random.fork('fit') });
  const done = wouldHaveDone(judged!, items, actAtAll(judged!, step, items.size), {
    ...{ draws: 2, random: random.fork('draws') },
  });
  const predictions = predictSessions(model, judged!.steps, done.drawn);
  model.dispose();
  const options = { random: random.fork('bootstrap') };
  const value = sessionDoublyRobust(done.log, predictions, options);
  const { publish } = judgeNearStep(done.log, predictions, options);
  const truth = playSessions({
    ...{ ...playing, policy: step, sessions: TRUTH, stay: true, random: random.fork('truth') },
  });

  const pool = playSessions({
    ...{ ...playing, policy: fresh, sessions: POOL, random: random.fork('pool') },
  });
  learner.dispose();
  const canary = (of: readonly PlayedSession[], name: string) =>
    tryCanary(pools.serving, of, random.fork(name));
  return {
    serving: mean(played.map(({ earned }) => earned)),
    canaries: {
      learned: canary(pool, 'learned'),
      same: canary(pools.serving, 'same'),
      worse: canary(pools.worse, 'worse'),
    },
    step: {
      ...{ share, truth: mean(truth.map(({ worth }) => worth)), estimate: value.value, publish },
      ...{ low: value.bootstrap.low, high: value.bootstrap.high },
      effectiveSampleSize: value.overlap.effectiveSampleSize,
      meanWeight: value.overlap.meanWeight,
    },
  };
}

/** A canary of a fifth of all sessions, which are drawn from those played: so the truth is known. */
function tryCanary(
  serving: readonly PlayedSession[],
  tried: readonly PlayedSession[],
  random: Random,
): CanaryOutcome {
  const truth = mean(tried.map(({ earned }) => earned)) - mean(serving.map(({ earned }) => earned));
  const canary = new Canary({ range: { low: -20, high: 20 }, share: 0.2 });
  let [decision, isInside]: [CanaryDecision, boolean] = ['running', true];
  for (let session = 1; decision === 'running'; session++) {
    const arm = random.uniform() < 0.2 ? 'canary' : 'serving';
    const pool = arm === 'canary' ? tried : serving;
    decision = canary.observe(arm, pool[random.integer(pool.length)]!.earned);
    if (session % 100 !== 0 && decision === 'running') continue;
    const { low, high } = canary.status().gain;
    isInside &&= low <= truth && truth <= high;
  }
  return { truth, decision, sessions: canary.status().sessions, isInside };
}
