import { existsSync } from 'node:fs';
import { Random } from '@rl-recsys/random';
import { readTrials } from '@rl-recsys/serving/folder';
import { joinedSessions, type Waits } from '../learning/joined-sessions.js';
import { judgeCanary } from '../learning/judge-canary.js';
import { waitsForSessions } from '../learning/waits-for-sessions.js';
import { learnVersion } from '../learning/learn-version.js';
import type { FeedbackPlace } from '../run/open-feedback.js';
import { useWasmBackend } from '../run/use-backend.js';

/** What is learned from, and how it is tried. */
export interface LearnOptions extends Waits, FeedbackPlace {
  readonly run: string;
  /** The share of sessions that the canary gets. */
  readonly canary: number;
  /** New sessions that there are at least before a version is learned, both halves together. */
  readonly sessions: number;
  /** How many items of a session count where a canary is judged. */
  readonly mostItems: number;
  /** Sessions after which a canary ends undecided. */
  readonly most: number;
  readonly seed: number;
}

/**
 * Takes the loop a step further, whatever its state: decides the canary where one is tried, and learns the next version where none is.
 *
 * @throws Error in one sentence where there is no run or log, one is damaged, or the run's policy can't learn on.
 */
export async function learn(options: LearnOptions): Promise<void> {
  const { run, feedback, canary: share, mostItems, most, seed } = options;
  if (!existsSync(run)) throw new Error(`--run: expected the folder of a run, but there is no ${run}`);
  const now = Date.now();
  const { sessions, counts } = await joinedSessions(options, options, now);
  console.log(
    `${feedback}: ${sessions.length} sessions are over, of ${counts.joined} recommendations; ` +
      `${counts.waiting} still wait, ${counts.late} rewards were late`,
  );
  const judged = await judgeCanary(run, sessions, { until: now, most });
  if (judged) return console.log(judged.sentence);
  const waits = await waitsForSessions(run, sessions, options.sessions);
  if (waits !== undefined) return console.log(waits);
  await useWasmBackend();
  const round = (await readTrials(run)).length + 1; // another lesson draws otherwise
  const random = Random.fromSeed(seed).fork(`learn ${round}`);
  await learnVersion({ run, sessions, share, mostItems, random, say: (sentence) => console.log(sentence) });
}
