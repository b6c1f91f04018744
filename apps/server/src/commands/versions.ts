import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  promote,
  readPointer,
  readTrials,
  rollback,
  tryCanary,
  versionFolder,
  versionsOf,
} from '@rl-recsys/serving/folder';
import { trialSentence } from '../learning/judge-canary.js';

/** Prints the versions of a run, and which of them answer. */
export async function status(run: string): Promise<void> {
  const { serving, earlier, canary } = await readPointer(run);
  const versions = await versionsOf(run);
  if (versions.length === 0)
    throw new Error(`${run}: expected the folder of a run that recommends items, but there is none`);
  for (const version of versions) {
    const { mtime } = statSync(join(versionFolder(run, version), 'recommender.bin'));
    const role = [
      ...(version === serving ? ['serves'] : []),
      ...(version === canary?.version ? [`is tried on ${canary.share * 100} % of sessions`] : []),
      ...(version === earlier.at(-1) ? ['served before'] : []),
    ].join(', ');
    console.log(
      `version ${version}  ${mtime.toISOString().slice(0, 16).replace('T', ' ')}  ${role}`.trimEnd(),
    );
  }
  for (const trial of await readTrials(run)) console.log(trialSentence(trial));
}

/** Lets a version serve: the one that is named, else the canary, else the newest. */
export async function promoteVersion(run: string, version: number | undefined): Promise<void> {
  const { serving } = await promote(run, version);
  console.log(`${run}: version ${serving} serves; a server that is running takes it within seconds`);
}

/** Lets the version serve again that did before. */
export async function rollbackVersion(run: string): Promise<void> {
  const { serving } = await rollback(run);
  console.log(`${run}: version ${serving} serves again; a server that is running takes it within seconds`);
}

/** Tries a version on a share of sessions; without one ends the trial. */
export async function canaryVersion(run: string, version: number | undefined, share: number): Promise<void> {
  await tryCanary(run, version === undefined ? undefined : { version, share });
  const what =
    version === undefined
      ? 'no version is tried'
      : `version ${version} is tried on ${share * 100} % of sessions`;
  console.log(`${run}: ${what}; a server that is running takes that within seconds`);
}
