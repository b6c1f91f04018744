import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  checkEnvironment,
  inTime,
  timeout,
  type Environment,
  type MaybePromise,
} from '@rl-recsys/environment';

/** Makes one of a user's environments. */
export type MakeEnvironment = () => Promise<Environment<unknown, unknown>>;

/**
 * Imports a user's environment and lets the checker see it; warnings are printed.
 *
 * @param stepTimeout - after how many seconds an answer that is promised and does not come rejects.
 * @returns what makes one.
 * @throws Error where the module can't be loaded or exports no function, or the checker finds an error.
 */
export async function importEnvironment(file: string, stepTimeout: number): Promise<MakeEnvironment> {
  const milliseconds = 1000 * stepTimeout;
  const { default: make } = await importModule(file);
  if (typeof make !== 'function') {
    throw new Error(`${file}: expected a default export that makes an environment, got ${typeof make}`);
  }
  const makeOne = make as () => MaybePromise<Environment<unknown, unknown>>;
  const findings = await checkEnvironment(makeOne, { timeout: milliseconds });
  for (const { severity, rule, seen, change } of findings)
    console.error(`${severity} ${rule}: ${seen}; ${change}`);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0)
    throw new Error(`${file}: the environment breaks ${errors} rule(s) of the contract, see above`);
  return async () => timeout(await inTime('make', makeOne(), milliseconds), milliseconds);
}

async function importModule(file: string): Promise<{ default?: unknown }> {
  if (!existsSync(file))
    throw new Error(`${file}: expected the module of an environment, but there is no file ${resolve(file)}`);
  try {
    return (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown };
  } catch (cause) {
    throw new Error(`${file}: could not be loaded: ${String(cause)}`, { cause });
  }
}
