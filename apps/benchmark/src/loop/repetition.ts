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
import type { EmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { mean } from 'simple-statistics';
import { actAtAll, firstSessions, logOf, wouldHaveDone, type SessionLog } from './judge.js';
import { playSessions, type PlayedSession } from './play.js';
import { makeLearner, makeModel, TEMPERATURE, type Setting } from './setting.js';
import { between, softmaxOf, type SoftmaxPolicy } from './softmax-policy.js';

/** Sessions that are learned from, of each log that judges, of what finds the share, of the new policy's pool, and of the truth. */
const LOGGED = 2000;
const SHARE_SESSIONS = 600;
const POOL = 2000;
const TRUTH = 3000;
/** How often a step is judged, each time by a log of its own, and how often each canary is tried. */
const JUDGED = 2;
const TRIED = 10;

/** One canary beside the truth. */
export interface CanaryOutcome {
  /** How much more a session of it really earns. */
  readonly truth: number;
  readonly decision: CanaryDecision;
  readonly sessions: number;
  /** Whether the interval held the truth whenever it was looked at. */
  readonly isInside: boolean;
}

/** A near step, judged by one log. */
export interface JudgedStep {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly effectiveSampleSize: number;
  readonly meanWeight: number;
  readonly publish: boolean;
}

/** What one repetition of the loop came to. */
export interface Repetition {
  /** What a session of the serving policy earns on average. */
  readonly serving: number;
  /** Of the learned policy, the serving one again, and a worse one. */
  readonly canaries: Readonly<Record<'learned' | 'same' | 'worse', readonly CanaryOutcome[]>>;
  readonly step: {
    readonly share: number;
    /** What a session of it is really worth. */
    readonly truth: number;
    readonly judged: readonly JudgedStep[];
  };
}

/** Serves, logs, learns, judges a near step by sessions that learning has not seen, and tries the learned policy in canaries. */
export function repeatLoop(setting: Setting, seed: number): Repetition {
  const { world, users, tables, serving, pools } = setting;
  const { items } = tables;
  const random = Random.fromSeed(seed).fork('repetition');
  const historySize = world.dynamics.sessionLength;
  const played = (policy: SoftmaxPolicy, sessions: number, name: string, stay = false) =>
    playSessions({ ...{ world, users, items, policy, sessions, stay }, random: random.fork(name) });
  const logged = logOf(played(serving, LOGGED, 'log'), historySize);

  const learner = makeLearner(setting, random.fork('learner'));
  learnFromSessions(learner, logged.steps, { random: random.fork('learning') });
  const fresh = softmaxOf(learner, TEMPERATURE);
  const model = makeModel(setting, random.fork('model'));
  fitReturns(model, logged.steps, { updates: 300, random: random.fork('fit') });

  const share = shareOf(firstSessions(logged, SHARE_SESSIONS), items, serving, fresh);
  const step = between(serving, fresh, share);
  const judged = Array.from({ length: JUDGED }, (_, time): JudgedStep => {
    const streams = random.fork(`judged ${time}`);
    const log = logOf(played(serving, LOGGED, `log of ${time}`), historySize);
    const actions = actAtAll(log, step, items.size);
    const done = wouldHaveDone(log, items, actions, { draws: 2, random: streams.fork('draws') });
    const predictions = predictSessions(model, log.steps, done.drawn);
    const options = { random: streams.fork('bootstrap') };
    const { value, bootstrap, overlap } = sessionDoublyRobust(done.log, predictions, options);
    const { publish } = judgeNearStep(done.log, predictions, options);
    const { effectiveSampleSize, meanWeight } = overlap;
    return { estimate: value, ...bootstrap, effectiveSampleSize, meanWeight, publish };
  });
  const truth = mean(played(step, TRUTH, 'truth', true).map(({ worth }) => worth));

  const pool = played(fresh, POOL, 'pool');
  model.dispose();
  learner.dispose();
  const canaries = (of: readonly PlayedSession[], name: string) =>
    Array.from({ length: TRIED }, (_, time) => tryCanary(pools.serving, of, random.fork(`${name} ${time}`)));
  return {
    serving: mean(pools.serving.map(({ earned }) => earned)),
    canaries: {
      learned: canaries(pool, 'learned'),
      same: canaries(pools.serving, 'same'),
      worse: canaries(pools.worse, 'worse'),
    },
    step: { share, truth, judged },
  };
}

/** How far the step goes: as far as the log that was learned from keeps enough of an effective sample. */
function shareOf(
  log: SessionLog,
  items: EmbeddingTable,
  serving: SoftmaxPolicy,
  fresh: SoftmaxPolicy,
): number {
  const [from, to] = [actAtAll(log, serving, items.size), actAtAll(log, fresh, items.size)];
  return largestShare((share) => {
    const random = Random.fromSeed(0); // nothing is drawn
    const { log: done } = wouldHaveDone(log, items, mixScores(from, to, share), { draws: 0, random });
    return overlapOf(sessionWeights(done, cumulativeWeights(done)));
  });
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
