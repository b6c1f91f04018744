import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkEnvironment, type Environment, type MaybePromise } from '@rl-recsys/environment';

/** What the module of an environment exports as its default. */
export type MakeEnvironment = () => MaybePromise<Environment<unknown, unknown>>;

/**
 * Imports a user's environment and lets the checker see it; warnings are printed.
 *
 * @throws Error where the module can't be loaded or exports no function, or the checker finds an error.
 */
export async function importEnvironment(file: string): Promise<MakeEnvironment> {
  const { default: make } = await importModule(file);
  if (typeof make !== 'function') {
    throw new Error(`${file}: expected a default export that makes an environment, got ${typeof make}`);
  }
  const findings = await checkEnvironment(make as MakeEnvironment);
  for (const { severity, rule, seen, change } of findings)
    console.error(`${severity} ${rule}: ${seen}; ${change}`);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0)
    throw new Error(`${file}: the environment breaks ${errors} rule(s) of the contract, see above`);
  return make as MakeEnvironment;
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
