import { Command, InvalidArgumentError, Option as CommandOption } from 'commander';
import { scenarios } from '../scenarios/index.js';
import type { Variant } from '../variants/variant.js';
import { commandPrefix } from '../terminal/next-command.js';
import { defaultOf, flagOf, listed, type Option, type Options } from './option.js';
import { presets } from './presets.js';
import { runOptions } from './run-options.js';

/** What an option means to one scenario, or to one variant of it. */
interface Meaning {
  readonly name: string;
  readonly option: Option;
  /** What one gives to have it mean this. */
  readonly givenBy: string;
  /** The scenario of a variant, whose defaults may be its own. */
  readonly within?: string;
}

/** Adds the options of all scenarios and variants to a command, in groups of those that go together, and examples. */
export function describeTraining(command: Command): void {
  command.addHelpText('after', () => trainExamples(commandPrefix(command.name())));
  const logs = scenarios.filter(({ kind }) => kind === 'log');
  const [first] = scenarios;
  const [learns] = first.variants;
  command
    .optionsGroup('Where ratings and users come from:')
    .option(
      '--dataset <name>',
      `${listed(
        logs.flatMap(({ names }) => names),
        'or',
      )} (default: ${first.names[0]})`,
    )
    .optionsGroup('What learns:')
    .option('--variant <name>', `${describeVariants()} (default: ${learns.name})`);
  addGroups(command, [...scenarioMeanings(), ...variantMeanings()]);
  command
    .optionsGroup('A run that was stopped:')
    .option(
      '--resume <folder>',
      'go on with a run where it was stopped, with the options that it has; --steps makes it longer',
    )
    .optionsGroup('Any run:')
    .option(
      '--config <file>',
      'options in a JSON or YAML file, such as options.json of a run; flags go before it',
    )
    .option('--preset <name>', `${describePresets()}; flags and --config go before it`);
  for (const [name, option] of Object.entries(runOptions))
    command.addOption(commandOption(name, [{ name, option, givenBy: '' }]));
}

/**
 * What each scenario is, and how a run of it is started.
 *
 * @param train - the words before the options.
 */
function trainExamples(train: string): string {
  const width = Math.max(...scenarios.map(({ givenBy }) => givenBy.length));
  const abouts = scenarios.map(({ givenBy, about }) => `  ${givenBy.padEnd(width)}  ${about}`);
  const examples = scenarios.flatMap((each) => each.examples);
  return [
    ...['', 'Where ratings and users can come from:', ...abouts],
    ...[
      '',
      'Examples:',
      ...examples.map((given) => (given === '' ? `  ${train.replace(/ --$/, '')}` : `  ${train} ${given}`)),
    ],
  ].join('\n');
}

function describePresets(): string {
  return listed(
    Object.entries(presets).map(([name, { about }]) => `${name} (${about})`),
    'or',
  );
}

function describeVariants(): string {
  const abouts = new Map<string, string>();
  for (const { name, about } of scenarios.flatMap((each): readonly Variant[] => each.variants))
    if (!abouts.has(name)) abouts.set(name, about);
  return listed(
    [...abouts].map(([name, about]) => `${name} (${about})`),
    'or',
  );
}

function scenarioMeanings(): Meaning[] {
  return scenarios.flatMap(({ options, givenBy }) => meaningsOf(options, { givenBy }));
}

function variantMeanings(): Meaning[] {
  return scenarios.flatMap(({ variants, givenBy: within }) =>
    variants.flatMap(({ name, options }) => meaningsOf(options, { givenBy: `--variant ${name}`, within })),
  );
}

function meaningsOf(options: Options, giver: Pick<Meaning, 'givenBy' | 'within'>): Meaning[] {
  return Object.entries(options).map(([name, option]) => ({ name, option, ...giver }));
}

/** An option that several give is in the group of all of them. */
function addGroups(command: Command, meanings: readonly Meaning[]): void {
  const groups = new Map<string, CommandOption[]>();
  const all = unique(meanings.map(({ givenBy }) => givenBy));
  for (const name of new Set(meanings.map((meaning) => meaning.name))) {
    const own = meanings.filter((meaning) => meaning.name === name);
    const givers = all.filter((giver) => own.some(({ givenBy }) => givenBy === giver));
    const heading = `With ${listed(givers, 'or')}:`;
    groups.set(heading, [...(groups.get(heading) ?? []), commandOption(name, own)]);
  }
  for (const [heading, options] of groups) {
    command.optionsGroup(heading);
    for (const option of options) command.addOption(option);
  }
}

function commandOption(name: string, meanings: readonly Meaning[]): CommandOption {
  const [{ option }] = meanings as readonly [Meaning];
  const flags = option.argument === undefined ? flagOf(name) : `${flagOf(name)} ${option.argument}`;
  const made = new CommandOption(flags, `${describe(meanings)}${describeDefaults(meanings)}`);
  const { read } = option;
  if (read === undefined) return made;
  return made.argParser((given: string) => {
    try {
      return read(given);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  });
}

/** What it is for, to each where that differs. */
function describe(meanings: readonly Meaning[]): string {
  const helps = unique(meanings.map(({ option }) => option.help));
  if (helps.length === 1) return helps[0]!;
  const each = helps.map((help) => {
    const givers = meanings.filter(({ option }) => option.help === help).map(({ givenBy }) => givenBy);
    return `with ${listed(unique(givers), 'or')}: ${help}`;
  });
  return each.join('; ');
}

/** The default, or where it differs that of each variant, and of each scenario that has another. */
function describeDefaults(meanings: readonly Meaning[]): string {
  const usual = meanings
    .map(({ option, ...giver }) => ({ ...giver, value: defaultOf(option) }))
    .filter(({ value }) => value !== undefined && value !== false);
  const values = unique(usual.map(({ value }) => value));
  if (values.length === 0) return '';
  if (values.length === 1) return ` (default: ${String(values[0])})`;
  const each = unique(usual.map(({ givenBy }) => givenBy)).flatMap((giver) => {
    const own = usual.filter(({ givenBy }) => givenBy === giver);
    const most = mostFrequent(own.map(({ value }) => value));
    const others = own.filter(({ value }) => value !== most);
    return [
      `${String(most)} for ${giver}`,
      ...others.map(({ value, within }) => `${String(value)} for ${giver} with ${within}`),
    ];
  });
  return ` (default: ${each.join(', ')})`.replaceAll('--variant ', '');
}

function mostFrequent<Value>(values: readonly Value[]): Value {
  const count = (value: Value) => values.filter((each) => each === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best));
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
