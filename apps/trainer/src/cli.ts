#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { nextCommand } from './terminal/next-command.js';
import { setOutput } from './terminal/output.js';
import { endAll } from './terminal/stop-signals.js';

/** What `recommend` was given. */
interface RecommendArguments {
  readonly run: string;
  readonly user?: string;
  readonly history?: readonly string[];
  readonly users?: string;
  readonly output?: string;
  readonly k: number;
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What one does first, in its order. */
const EXAMPLES: readonly (readonly [command: string, ...options: string[]])[] = [
  ['train'],
  ['train', '--dataset', 'csv', '--ratings', 'ratings.csv', '--user-column', 'customer'],
  ['recommend', '--run', 'runs/csv-seed-1', '--user', 'ann', '-k', '10'],
  ['train', '--help'],
];

/** Options of a command that say what it prints. */
interface Printing {
  readonly quiet?: boolean;
  readonly json?: boolean;
}

// Each command is loaded when it is asked for: TensorFlow.js takes a while, a typing error should not.
const program = new Command('rl-recsys')
  .description('Trains, evaluates and asks a recommender that learns by reinforcement (DRR).')
  .version(version)
  .configureOutput({ outputError: (text, write) => write(`${text.trim().replace(/\s*\n\s*/g, ' ')}\n`) });

program.addHelpText('after', () =>
  ['', 'Examples:', ...EXAMPLES.map(([command, ...options]) => `  ${nextCommand(command, options)}`)].join(
    '\n',
  ),
);

program.commandsGroup('Learn:');
const training = program
  .command('train')
  .description('learn from ratings or an environment, compare with baselines, save the run')
  .action(async (given: Record<string, unknown>) => {
    const { train } = await import('./commands/train.js');
    await train(withoutPrinting(given));
  });
program.commandsGroup('Learn with several processes, or many trainings:');
const learner = meeting(program.command('cluster-learner'))
  .description('learn from actors on any machine, as train does')
  .option('--replace', 'take the place of a run of others that has not come to its end')
  .action(async (given: { group: string }) => {
    const { clusterLearner } = await import('./cluster/learner.js');
    await clusterLearner(withoutPrinting(given));
  });
meeting(program.command('cluster-actor'))
  .description('act for a learner: in its environment, on this machine')
  .option('--env <module>', 'the environment on this machine (default: where the learner has it)')
  .action(async (given: { group: string }) => {
    const { clusterActor } = await import('./cluster/actor.js');
    await clusterActor(withoutPrinting(given));
  });
const together = meeting(program.command('cluster'))
  .description('train with a learner and several actors on this machine, and a Redis unless there is one')
  .option('--actors <count>', 'how many processes act', positiveInteger, 2)
  .action(async ({ actors, group, ...given }: { actors: number; group: string; redis?: string }) => {
    const { cluster } = await import('./cluster/cluster.js');
    const passed = withoutOption(process.argv.slice(3), '--actors', '--redis');
    await cluster({ actors, group, ...namedRedis(given) }, passed);
  });
meeting(
  program
    .command('sweep')
    .description('train every combination of options with every seed, and say which is best')
    .argument('<file>', 'what is tried: a JSON file')
    .option(
      '--output <folder>',
      'where results are kept, with which it goes on (default: sweeps/ and its name)',
      folderName,
    )
    .option('--jobs <count>', 'how many trainings at once on this machine', positiveInteger, 1),
).action(async (file: string, given: { jobs: number; group: string; redis?: string }) => {
  const { sweep } = await import('./sweep/sweep.js');
  await sweep({ file, ...given, ...namedRedis(given) });
});
meeting(program.command('sweep-worker'))
  .description('run the trainings of a sweep that is on another machine')
  .action(async (given: { group: string; redis?: string }) => {
    const [{ sweepWorker }, { meetingPlace }] = await Promise.all([
      import('./sweep/worker.js'),
      import('./cluster/cluster-options.js'),
    ]);
    await sweepWorker(meetingPlace(given));
  });
// Their options are those of all scenarios and variants, which other commands need not wait for.
if (['train', 'cluster-learner', 'cluster'].includes(process.argv[2] ?? '')) {
  const { describeTraining } = await import('./options/help.js');
  for (const command of [training, learner, together]) describeTraining(command);
}

program.commandsGroup('Look at what was learned, and use it:');
program
  .command('evaluate')
  .description('repeat the evaluation of a saved run')
  .requiredOption('--run <folder>', 'the folder of the run', folderName)
  .action(async ({ run }: { run: string }) => {
    const { evaluate } = await import('./commands/evaluate.js');
    await evaluate(run);
  });

program
  .command('metrics')
  .description('write how the training of a run went as CSV')
  .requiredOption('--run <folder>', 'the folder of the run, also of one that goes on', folderName)
  .option('--csv <file>', 'where it goes (default: to the terminal)')
  .action(async (given: { run: string; csv?: string }) => {
    const { metrics } = await import('./commands/metrics.js');
    await metrics(given);
  });

program
  .command('compare')
  .description('say in what runs differ, and what each came to')
  .argument('<folders...>', 'the folders of two runs or more')
  .action(async (folders: string[]) => {
    if (folders.length < 2) throw new Error('compare: expected two runs or more, got one');
    const { compareRuns } = await import('./commands/compare.js');
    await compareRuns(folders.map(folderName));
  });

program
  .command('watch')
  .description('show runs in a page, also those that go on')
  .argument('[folders...]', 'runs, or folders of runs', ['runs'])
  .option('--port <number>', 'where the page is (default: 4780, or any that is free)', port)
  .option('--host <address>', 'who may open it (default: 127.0.0.1, which is this machine alone)')
  .action(async (folders: string[], given: { port?: number; host?: string }) => {
    const { watch } = await import('./commands/watch.js');
    await watch({ folders: folders.map(folderName), ...given });
  });

program
  .command('recommend')
  .description('recommend items that somebody has never rated')
  .requiredOption('--run <folder>', 'the folder of the run, or a recommender in one .tar', folderName)
  .option('--user <id>', "a user's id, as in the ratings")
  .option('--history <items>', 'in place of a user: what somebody new has liked, oldest first, as a,b,c', ids)
  .option('--users <file>', 'many users at once: a file with an id a line, or the word all')
  .option('--output <file>', 'where the items of --users go: a file that ends in .ndjson or .parquet')
  .option('-k <count>', 'how many items', positiveInteger, 10)
  .action(async (given: RecommendArguments) => {
    if ([given.user, given.history, given.users].filter((each) => each !== undefined).length !== 1)
      throw new Error('--user: expected exactly one of --user, --history and --users');
    if ((given.users === undefined) !== (given.output === undefined))
      throw new Error('--output: expected with --users, and only there');
    if (given.users === undefined) {
      const { recommend } = await import('./commands/recommend.js');
      await recommend(given);
    } else {
      const { recommendToMany } = await import('./commands/recommend-to-many.js');
      await recommendToMany({ ...given, users: given.users, output: given.output! });
    }
  });

for (const command of program.commands) {
  const isPrinting = ['train', 'evaluate', 'recommend', 'compare', 'sweep'].includes(command.name());
  if (!isPrinting && !command.name().startsWith('cluster')) continue;
  command
    .optionsGroup('What is printed:')
    .option('--quiet', 'nothing but results and errors')
    .option('--json', 'the result as one JSON value on stdout, all else on stderr');
}
program.hook('preAction', (_, command) => setOutput(command.opts<Printing>()));

// Also what a user's environment throws where nobody waits for it.
process.on('uncaughtException', (error) => fail(error));
try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}

/** Ends the process with the cause on one line, whatever is still open: a bar, or a timer of a user's environment. */
function fail(error: unknown): never {
  endAll();
  if (process.env['DEBUG'] !== undefined) console.error(error);
  else {
    const cause = error instanceof Error ? error.message : String(error);
    console.error(`error: ${cause.trim().replace(/\s*\n\s*/g, ' ')}`);
  }
  process.exit(1);
}

/** However a folder is spelled, `./runs/x`, `runs/x/` and `runs//x`, it is the same one. */
function folderName(text: string): string {
  return normalize(text).replace(/(?<=.)[\\/]+$/, '');
}

/** Where processes on several machines meet. */
function meeting(command: Command): Command {
  return command
    .optionsGroup('Where processes meet:')
    .option('--redis <url>', 'redis://, or rediss:// for TLS, with its password (default: RL_RECSYS_REDIS)')
    .option('--group <name>', 'tells several runs on one Redis apart', 'default');
}

/** The Redis that an option or the environment names, where one does. */
function namedRedis({ redis = process.env['RL_RECSYS_REDIS'] }: { readonly redis?: string }) {
  return redis === undefined || redis === '' ? {} : { redis };
}

/** What is printed is no option of a run. */
function withoutPrinting<Given extends object>(given: Given): Given {
  const own = Object.entries(given).filter(([name]) => name !== 'quiet' && name !== 'json');
  return Object.fromEntries(own) as Given;
}

/** A command line without some options and their values. */
function withoutOption(line: readonly string[], ...names: readonly string[]): string[] {
  return line.filter(
    (word, place) =>
      !names.includes(word) &&
      !names.includes(line[place - 1] ?? '') &&
      !names.some((name) => word.startsWith(`${name}=`)),
  );
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a positive integer.');
  return value;
}

function port(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError('Expected an integer from 0, any that is free, to 65535.');
}

function ids(text: string): string[] {
  const given = text.split(',').map((id) => id.trim());
  if (given.some((id) => id === '')) throw new InvalidArgumentError('Expected ids such as a,b,c.');
  return given;
}
