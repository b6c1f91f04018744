// Options of `train`, as anybody could type them, through the parser and in process: taken, or refused by name.
import { Command } from 'commander';
import fc from 'fast-check';
import { describeTraining } from '../../dist/options/help.js';
import { flagOf } from '../../dist/options/option.js';
import { parseTrainOptions, savedOptionsSchema } from '../../dist/options/parse.js';
import { runOptions } from '../../dist/options/run-options.js';
import { scenarios } from '../../dist/scenarios/index.js';

const all = Object.assign(
  {},
  runOptions,
  ...scenarios.flatMap(({ options, variants }) => [options, ...variants.map((each) => each.options)]),
);
const flags = Object.entries(all).map(([name, { argument }]) => ({
  flag: flagOf(name),
  takes: argument !== undefined,
}));
const datasets = scenarios.flatMap(({ names }) => names);
const variants = [...new Set(scenarios.flatMap((each) => each.variants.map(({ name }) => name)))];

const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '1',
      '5',
      '64',
      '0.5',
      'a',
      'user',
      'x.csv',
      'prioritized',
      'uniform',
      'drr-ave',
      '1,5',
      'view=1',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '',
        ' ',
        '-1',
        '0',
        '1.5',
        'NaN',
        'Infinity',
        '1e999',
        '0x10',
        '1_000',
        '９',
        '--',
        '-',
        '../x',
        'a/b',
        '.',
        '=',
        ',',
        'a=,b=1',
      ],
      ...['__proto__', 'constructor', 'a=1,a=2', '1,', ',1', '5,1', '9'.repeat(400)],
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
);
const option = fc
  .constantFrom(...flags)
  .chain(({ flag, takes }) => (takes ? text.map((value) => [flag, value]) : fc.constant([flag])));
const choice = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...datasets).map((name) => ['--dataset', name]) },
  { weight: 2, arbitrary: fc.constant(['--env', 'x.mjs']) },
  { weight: 2, arbitrary: fc.constant(['--dataset', 'csv', '--ratings', 'x.csv']) },
  { weight: 2, arbitrary: fc.constant(['--dataset', 'events', '--data', 'x.csv']) },
  { weight: 1, arbitrary: text.map((name) => ['--dataset', name]) },
  { weight: 1, arbitrary: fc.constant([]) },
);
const variant = fc.option(fc.oneof(fc.constantFrom(...variants), text), { nil: undefined, freq: 3 });
const words = fc.record({ choice, variant, options: fc.array(option, { maxLength: 4 }) });

const schema = savedOptionsSchema();

/** What the program does with its words before it does any work. */
function parse(argv) {
  let given;
  const command = new Command('train')
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} });
  command.action((options) => (given = options));
  describeTraining(command);
  command.parse(argv, { from: 'user' });
  return given;
}

export const properties = {
  train: fc.property(words, ({ choice, variant, options }) => {
    const argv = [...choice, ...(variant === undefined ? [] : ['--variant', variant]), ...options.flat()];
    let given;
    try {
      given = parse(argv);
    } catch (error) {
      if (error.code?.startsWith('commander.')) return; // which names the option
      throw error;
    }
    if (given === undefined) return; // help was asked for
    let parsed;
    try {
      parsed = parseTrainOptions(given);
    } catch (error) {
      if (/^--[a-z-]+: \S/.test(error.message) && !/undefined|\[object/.test(error.message)) return;
      throw error;
    }
    // What is saved with a run is read again as it was.
    const again = schema.safeParse(JSON.parse(JSON.stringify(parsed)));
    if (!again.success) throw new Error(`options that can't be read again: ${again.error.message}`);
    for (const [name, value] of Object.entries(parsed)) {
      if (typeof value === 'number' && !Number.isFinite(value))
        throw new Error(`${name}: ${value} was taken`);
    }
  }),
};
