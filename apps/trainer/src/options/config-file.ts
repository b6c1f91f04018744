import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { nearest } from './nearest.js';

/**
 * The options of a file, by their names: `batchSize` or `batch-size`. `options.json` of a run is one, so that a run can be made
 * again, or changed a little.
 *
 * @param known - the names that there are.
 * @throws Error where the file can't be read, is no JSON or YAML, or has a name that is none; file and name are told.
 */
export async function readConfig(
  file: string,
  known: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Error(`--config: could not read ${file}: ${cause.message}`, { cause });
  });
  const parsed = await parse(file, text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error(`${file}: expected options by their names, got ${JSON.stringify(parsed)}`);
  const options: Record<string, unknown> = {};
  for (const [spelled, value] of Object.entries(parsed)) {
    const name = spelled.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    // A run calls so what `--dataset` names; of an environment `env` says it.
    if (name === 'scenario') {
      if (value !== 'environment') options['dataset'] = value;
      continue;
    }
    if (!known.includes(name))
      throw new Error(`${file}: expected options of train, got ${spelled}${nearest(name, known)}`);
    if (name in options) throw new Error(`${file}: expected ${name} once, got it spelled in two ways`);
    options[name] = value;
  }
  return options;
}

async function parse(file: string, text: string): Promise<unknown> {
  try {
    if (!/^\.ya?ml$/i.test(extname(file))) return JSON.parse(text);
    const { parse: parseYaml } = await import('yaml');
    return parseYaml(text);
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n');
    throw new Error(`${file}: expected JSON, or YAML in a file that ends in .yaml; ${reason}`, { cause });
  }
}
