import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Canary, type CanaryStatus } from '@rl-recsys/off-policy';
import type { JoinedSession } from '../feedback/by-session.js';
import { modelsFolder, replaceFile } from '../models/pointer.js';

/** A canary, as it is kept beside the versions of a run. */
export interface Trial {
  /** The version that is tried, and the one that served when that began. */
  readonly version: number;
  readonly serving: number;
  /** The share of sessions that get it. */
  readonly share: number;
  /** Milliseconds since 1970: sessions that began earlier don't count. */
  readonly since: number;
  /** What of a session counts: its first items, so many; each earns from −1 to 1. */
  readonly mostItems: number;
  /** How it stands, as far as it was judged. */
  readonly status?: CanaryStatus | undefined;
}

/** The canaries of a run, the latest last; each is a round that spends its part of α. */
export async function readTrials(run: string): Promise<readonly Trial[]> {
  const file = trialsFile(run);
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Trial[]) : [];
}

export async function writeTrials(run: string, trials: readonly Trial[]): Promise<void> {
  await replaceFile(trialsFile(run), JSON.stringify(trials, null, 2) + '\n');
}

function trialsFile(run: string): string {
  return join(modelsFolder(run), 'trials.json');
}

/** How sessions are counted. */
export interface JudgeTrialOptions {
  /** Which canary of the run it is, from 1. */
  readonly round: number;
  /** Sessions that began later are not over yet; milliseconds since 1970. */
  readonly until: number;
  /** After so many sessions it stops undecided (default 6000). */
  readonly most?: number;
  /** Called after each session that counts. */
  readonly onSession?: (session: TriedSession, status: () => CanaryStatus) => void;
}

/** A session of a trial. */
export interface TriedSession {
  readonly arm: 'serving' | 'canary';
  readonly earned: number;
}

/**
 * Decides a trial by the sessions of a joined log, in the order in which they began: it may be asked at any time, and gives the same
 * answer for the same sessions.
 */
export function judgeTrial(
  trial: Trial,
  sessions: readonly JoinedSession[],
  { round, until, most, onSession }: JudgeTrialOptions,
): CanaryStatus {
  const { share, mostItems, since } = trial;
  const range = { low: -mostItems, high: mostItems };
  const canary = new Canary({ range, share, round, ...(most !== undefined && { most }) });
  for (const session of sessions) {
    const { at } = session.examples[0]!.recommendation;
    if (at < since || at > until) continue;
    const tried = triedSession(trial, session);
    if (tried === undefined) continue;
    const decision = canary.observe(tried.arm, tried.earned);
    onSession?.(tried, () => canary.status());
    if (decision !== 'running') break;
  }
  return canary.status();
}

/** Undefined where another version answered, or the caller decided what is shown. */
function triedSession(
  { version, serving, mostItems }: Trial,
  { examples }: JoinedSession,
): TriedSession | undefined {
  const { model, mode } = examples[0]!.recommendation;
  const arm = model === String(version) ? 'canary' : model === String(serving) ? 'serving' : undefined;
  if (arm === undefined || mode !== 'online') return undefined;
  const rewards = examples.flatMap((example) => [...example.rewards]).slice(0, mostItems);
  return { arm, earned: rewards.reduce((sum, reward) => sum + Math.max(-1, Math.min(1, reward)), 0) };
}
