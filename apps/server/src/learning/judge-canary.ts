import type { JoinedSession } from '@rl-recsys/serving';
import {
  judgeTrial,
  promote,
  readPointer,
  readTrials,
  tryCanary,
  writeTrials,
  type Trial,
} from '@rl-recsys/serving/folder';

type Status = NonNullable<Trial['status']>;

/**
 * Decides the canary of a run by the sessions of its log: promotes it, or ends its trial, and says so in a sentence.
 *
 * @returns undefined where none is tried.
 * @throws Error where one is tried that was not begun by `learn`, so that nobody wrote down what it must beat since when.
 */
export async function judgeCanary(
  run: string,
  sessions: readonly JoinedSession[],
  { until, most }: { readonly until: number; readonly most: number },
): Promise<{ readonly status: Status; readonly sentence: string } | undefined> {
  const { canary } = await readPointer(run);
  const trials = await readTrials(run);
  const trial = trials.at(-1);
  if (canary === undefined) return undefined;
  if (trial?.version !== canary.version) {
    throw new Error(
      `${run}: expected a canary that learn began, but version ${canary.version} is tried by hand: promote it, or end its trial with canary`,
    );
  }
  const status = judgeTrial(trial, sessions, { round: trials.length, until, most });
  await writeTrials(run, [...trials.slice(0, -1), { ...trial, status }]);
  if (status.decision === 'promote') await promote(run, trial.version);
  else if (status.decision !== 'running') await tryCanary(run, undefined);
  return { status, sentence: trialSentence({ ...trial, status }) };
}

/** How a trial stands, in a sentence. */
export function trialSentence({ version, serving, status }: Trial): string {
  if (status === undefined)
    return `version ${version} is tried beside version ${serving}; no session is counted yet`;
  const { decision, gain, sessions, canarySessions, wantedSessions } = status;
  const interval = `${signed(gain.low)} to ${signed(gain.high)}`;
  const counted = `${sessions} sessions, ${canarySessions} of them its own`;
  const wants =
    wantedSessions === null
      ? 'more than a million more would be needed'
      : `about ${wantedSessions} more would decide it`;
  const outcome = {
    running: `is tried: ${wants}`,
    promote: 'is promoted',
    reject: `is rejected, version ${serving} goes on`,
    undecided: `is not tried any longer, since it is still undecided: ${wants}`,
  }[decision];
  return `version ${version} ${outcome}; a session of it earns ${interval} more than one of version ${serving} (${counted})`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}
