import { Command, InvalidArgumentError } from 'commander';
import { parseTrainOptions } from './options.js';
import { chooseRunFolder } from './run-folder.js';

// Each command is loaded when it is asked for: TensorFlow.js takes a while, a typing error should not.
const program = new Command('rl-recsys')
  .description('Trains, evaluates and asks a recommender that learns by reinforcement (DRR).')
  .configureOutput({ outputError: (text, write) => write(`${text.trim().replace(/\s*\n\s*/g, ' ')}\n`) });

program
  .command('train')
  .description('learn from a log of ratings, compare with baselines, save the run')
  .option('--dataset <name>', 'synthetic, ml-100k, ml-1m or csv (default: synthetic)')
  .option('--env <module>', 'train on your own environment: a module whose default export makes one')
  .option('--data <folder>', 'where ml-100k or ml-1m is already (default: download it)')
  .option('--ratings <file>', 'the delimited file to read with --dataset csv')
  .option('--user-column <name>', "its column of users' ids (default: user)")
  .option('--item-column <name>', "its column of items' ids (default: item)")
  .option('--rating-column <name>', 'its column of ratings (default: rating)')
  .option(
    '--time-column <name>',
    'its column of times (default: timestamp if there is one, else the order of rows)',
  )
  .option('--scale <min,max>', 'what one can rate (default: what the file holds)', numbers)
  .option('--seed <integer>', 'the same seed gives the same run (default: 1)', Number)
  .option('--steps <count>', 'how many items are shown in training (default: 1500)', Number)
  .option('--embedding-size <k>', 'numbers in a vector (default: 100)', Number)
  .option('--history-size <n>', 'liked items in the state (default: 10)', Number)
  .option('--session-length <T>', 'items shown in a session (default: 10)', Number)
  .option('--batch-size <N>', 'transitions in an update (default: 64)', Number)
  .option('--gamma <share>', 'what a reward one step later is worth (default: 0.9)', Number)
  .option(
    '--state-signal <loss>',
    'whose loss trains the state module: actor, critic or both (default: actor)',
  )
  .option('--runs <folder>', 'where runs are saved (default: runs)')
  .option('--name <name>', 'the name of this run (default: the dataset and the seed)')
  .action(async (given: Record<string, unknown>) => {
    const options = parseTrainOptions(given);
    if (options.env === undefined) {
      const { train } = await import('./train.js');
      await train(options);
    } else {
      const { trainEnvironment } = await import('./train-environment.js');
      await trainEnvironment({ ...options, env: options.env, folder: chooseRunFolder(options) });
    }
  });

program
  .command('evaluate')
  .description('repeat the evaluation of a saved run')
  .requiredOption('--run <folder>', 'the folder of the run')
  .action(async ({ run }: { run: string }) => {
    const { evaluate } = await import('./evaluate.js');
    await evaluate(run);
  });

program
  .command('recommend')
  .description('recommend items that a user has never rated')
  .requiredOption('--run <folder>', 'the folder of the run')
  .requiredOption('--user <id>', "the user's id, as in the ratings")
  .option('-k <count>', 'how many items', positiveInteger, 10)
  .action(async (given: { run: string; user: string; k: number }) => {
    const { recommend } = await import('./recommend.js');
    await recommend(given);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (process.env['DEBUG'] !== undefined) throw error;
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a positive integer.');
  return value;
}

function numbers(text: string): number[] {
  return text.split(',').map(Number);
}
