import type { Random } from '@rl-recsys/random';
import type { JoinedSession } from '@rl-recsys/serving';
import {
  loadVersion,
  promote,
  readPointer,
  readTrials,
  saveVersion,
  tryCanary,
  writeTrials,
} from '@rl-recsys/serving/folder';
import { halfOf, learnPolicy, nearStep, partOfLog, sessionLog } from '@rl-recsys/serving/learning';

/** How a next version is learned and tried. */
export interface LearnVersionOptions {
  readonly run: string;
  readonly sessions: readonly JoinedSession[];
  /** The share of sessions that the canary gets. */
  readonly share: number;
  /** How many items of a session count. */
  readonly mostItems: number;
  readonly random: Random;
  /** Says what is found and done, a sentence at a time. */
  readonly say: (sentence: string) => void;
}

/**
 * Learns from one half of a log where the version stands that serves, writes what came of it as the next version, publishes a near step
 * towards it where the other half says that it earns more, and tries the whole of it in a canary.
 */
export async function learnVersion(options: LearnVersionOptions): Promise<void> {
  const { run, sessions, share, mostItems, random, say } = options;
  const { serving } = await readPointer(run);
  const recommender = await loadVersion(run, serving);
  const log = sessionLog(sessions, recommender);
  const used = usedSessions(log.answers);
  const halves = used.map((first) => halfOf(log.answers[first]!.name));
  const learned = partOfLog(log, (session) => halves[session] === 'learn');
  const isOfServing = (session: number) => log.answers[used[session]!]!.model === String(serving);
  const judging = partOfLog(log, (session) => halves[session] === 'judge' && isOfServing(session));
  const [learnedFrom, judgedBy] = [learned, judging].map(({ steps }) => steps.starts.length - 1);
  say(
    `learning from ${learnedFrom} sessions; ${judgedBy} others of version ${serving} are kept to judge by` +
      (log.leftOut > 0 ? `; ${log.leftOut} are left out, since the policy did not decide there` : ''),
  );
  const fresh = learnPolicy(recommender, learned, { random: random.fork('policy') });
  const version = await saveVersion(run, fresh);
  say(`version ${version} is written`);

  const step = nearStep({ serving: recommender, fresh, learned, judging, random: random.fork('near step') });
  const { value, bootstrap, overlap } = step.gain;
  const found =
    `a step of ${(100 * step.share).toFixed(1)} % towards it earns ${value.toFixed(2)} more a session ` +
    `(${bootstrap.low.toFixed(2)} to ${bootstrap.high.toFixed(2)}), as the log tells: ` +
    `effective sample ${overlap.effectiveSampleSize.toFixed(0)}, mean weight ${overlap.meanWeight.toFixed(2)}`;
  if (step.publish && step.recommender) {
    const near = await saveVersion(run, step.recommender);
    await promote(run, near);
    say(`${found}; it is published as version ${near}`);
  } else say(`${found}; it is not published: ${step.reasons.join('; ')}`);

  const now = await readPointer(run);
  await tryCanary(run, { version, share });
  const trial = { version, serving: now.serving, share, since: Date.now(), mostItems };
  await writeTrials(run, [...(await readTrials(run)), trial]);
  say(`version ${version} is tried on ${100 * share} % of sessions, beside version ${now.serving}`);
}

/** The first answer of each session. */
function usedSessions(answers: readonly { readonly session: number }[]): number[] {
  return answers.flatMap(({ session }, answer) => (answers[answer - 1]?.session === session ? [] : [answer]));
}
