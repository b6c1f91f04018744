import { scenarios } from '../scenarios/index.js';
import type { Variant } from '../variants/variant.js';
import { chooseScenario, chooseVariant } from './choose.js';
import { readConfig } from './config-file.js';
import { listed } from './option.js';
import { presets, presetValues } from './presets.js';
import { runOptions } from './run-options.js';

type Given = Readonly<Record<string, unknown>>;

/**
 * All that was asked for: by flags, else by the file of `--config`, else by `--preset`, which the file may name too. Defaults come
 * behind these.
 *
 * @throws Error where the file is wrong, or there is no such preset.
 */
export async function gatherOptions({ config, ...flags }: Given): Promise<Given> {
  const file = config === undefined ? {} : await readConfig(config as string, optionNames());
  const { preset, ...given } = { ...withoutRivals(file, flags), ...flags } as Given;
  if (preset === undefined) return given;
  if (typeof preset !== 'string' || !Object.hasOwn(presets, preset)) {
    throw new Error(
      `--preset: expected ${listed(Object.keys(presets), 'or')}, got ${JSON.stringify(preset)}`,
    );
  }
  const chosen: Given = { ...presets[preset]!.chooses, ...given };
  const scenario = chooseScenario(chosen);
  const variant = chooseVariant<Variant>(scenario, chosen['variant'] as string | undefined);
  return { ...presetValues(preset, scenario, variant), ...chosen };
}

/** An environment on the command line is in the place of a log in the file, and the other way round. */
function withoutRivals(file: Given, flags: Given): Given {
  const { dataset, env, ...others } = file;
  return {
    ...others,
    ...(dataset !== undefined && flags['env'] === undefined && { dataset }),
    ...(env !== undefined && flags['dataset'] === undefined && { env }),
  };
}

/** Everything that a file may name. */
function optionNames(): string[] {
  const own = scenarios.flatMap(({ options, variants }) => [
    options,
    ...variants.map((each) => each.options),
  ]);
  return ['dataset', 'variant', 'preset', ...[runOptions, ...own].flatMap(Object.keys)];
}
