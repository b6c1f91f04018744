import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assertRecommends, loadRecommender, saveRecommender, type Recommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { modelsFolder, readPointer, writePointer, type ModelPointer } from './pointer.js';
import type { ServedModels } from './served-model.js';

/** Where a version lies: the run itself is version 0, later ones are in `models/<n>`. */
export function versionFolder(run: string, version: number): string {
  return version === 0 ? run : join(modelsFolder(run), String(version));
}

/** The numbers of all versions that a run has, ascending. */
export async function versionsOf(run: string): Promise<number[]> {
  const names = existsSync(modelsFolder(run)) ? await readdir(modelsFolder(run)) : [];
  const later = names.filter((name) => /^[1-9]\d*$/.test(name)).map(Number);
  const all = [0, ...later.sort((a, b) => a - b)];
  return all.filter((version) => existsSync(join(versionFolder(run, version), 'recommender.bin')));
}

/**
 * Writes the next version of a run's model. It answers once it is promoted, or made a canary.
 *
 * @returns its number.
 */
export async function saveVersion(run: string, recommender: Recommender): Promise<number> {
  const names = existsSync(modelsFolder(run)) ? await readdir(modelsFolder(run)) : [];
  const version = 1 + Math.max(0, ...names.map(Number).filter(Number.isSafeInteger));
  const folder = versionFolder(run, version);
  await mkdir(modelsFolder(run), { recursive: true });
  await mkdir(folder); // fails where somebody else writes the same version
  await saveRecommender(recommender, folderStorage(folder));
  return version;
}

/** @throws Error where a run has no such version, it is damaged, or answers as no recommender should; its folder is named. */
export async function loadVersion(run: string, version: number): Promise<Recommender> {
  const folder = versionFolder(run, version);
  if (!existsSync(folder))
    throw new Error(
      `${folder}: expected ${version === 0 ? 'the folder of a run' : `version ${version} of the run`}, but there is none`,
    );
  try {
    const recommender = await loadRecommender(folderStorage(folder));
    assertRecommends(recommender);
    return recommender;
  } catch (cause) {
    throw new Error(`${folder}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/**
 * The models that a run's pointer names.
 *
 * @param loaded - those that are loaded already, which are not loaded again.
 * @throws Error as {@link loadVersion} does.
 */
export async function loadModels(
  run: string,
  pointer: ModelPointer,
  loaded?: ServedModels,
): Promise<ServedModels> {
  const known = [loaded?.serving, loaded?.canary];
  const modelOf = async (number: number) => {
    const version = String(number);
    const recommender = known.find((each) => each?.version === version)?.recommender;
    return { version, recommender: recommender ?? (await loadVersion(run, number)) };
  };
  const { serving, canary } = pointer;
  return {
    serving: await modelOf(serving),
    canary: canary && { ...(await modelOf(canary.version)), share: canary.share },
  };
}

/**
 * Lets a version serve, and ends its trial where it was the canary.
 *
 * @param version - default: the canary where there is one, else the newest.
 * @returns what the pointer says now.
 * @throws Error where there is no such version, or it serves already.
 */
export async function promote(run: string, version?: number): Promise<ModelPointer> {
  const { serving, earlier, canary } = await readPointer(run);
  const all = await versionsOf(run);
  const next = version ?? canary?.version ?? all.at(-1);
  if (next === undefined || !all.includes(next))
    throw new Error(`--version: expected one of ${all.join(', ')}, got ${next}`);
  if (next === serving) throw new Error(`--version: expected another than ${serving}, which serves already`);
  const pointer = {
    serving: next,
    earlier: [...earlier, serving],
    ...(canary && canary.version !== next && { canary }),
  };
  await writePointer(run, pointer);
  return pointer;
}

/**
 * Lets that version serve again which did before.
 *
 * @throws Error where none did.
 */
export async function rollback(run: string): Promise<ModelPointer> {
  const { earlier, canary, serving } = await readPointer(run);
  const before = earlier.at(-1);
  if (before === undefined)
    throw new Error(`${run}: expected a version that served before ${serving}, but there is none`);
  const pointer = {
    serving: before,
    earlier: earlier.slice(0, -1),
    ...(canary && canary.version !== before && { canary }),
  };
  await writePointer(run, pointer);
  return pointer;
}

/**
 * Tries a version on a share of sessions, or ends the trial.
 *
 * @param canary - undefined: none.
 * @throws Error where there is no such version, it serves already, or the share is none above 0 and at most 1.
 */
export async function tryCanary(run: string, canary: ModelPointer['canary']): Promise<ModelPointer> {
  const { serving, earlier } = await readPointer(run);
  const all = await versionsOf(run);
  if (canary && (!all.includes(canary.version) || canary.version === serving)) {
    const others = all.filter((each) => each !== serving);
    throw new Error(`--version: expected one of ${others.join(', ') || 'none'}, got ${canary.version}`);
  }
  const pointer = { serving, earlier, ...(canary && { canary }) };
  await writePointer(run, pointer);
  return pointer;
}
