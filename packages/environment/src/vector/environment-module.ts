import type { Environment, MaybePromise } from '../environment.js';

/** What the default export of an environment module is. */
export type MakeEnvironment = (options: unknown) => MaybePromise<Environment<unknown, unknown>>;

/** The default export of the module at `url`. */
export async function makerFrom(url: string): Promise<MakeEnvironment> {
  const { default: make } = (await import(url)) as { default?: unknown };
  if (typeof make !== 'function') {
    throw new TypeError(
      `module: expected a default export that makes an environment, got ${typeof make} from ${url}`,
    );
  }
  return make as MakeEnvironment;
}
