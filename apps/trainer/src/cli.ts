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
  .option(
    '--dataset <name>',
    'moving-taste, csv, events, or a known one: ml-100k … jester (default: moving-taste, which is simulated)',
  )
  .option('--env <module>', 'train on your own environment: a module whose default export makes one')
  .option(
    '--data <path>',
    'where a known dataset is already (default: download it); the file, glob or folder of events',
  )
  .option('--ratings <file>', 'the delimited file to read with --dataset csv')
  .option('--user-column <name>', "its column of users' ids (default: user)")
  .option('--item-column <name>', "its column of items' ids (default: item)")
  .option('--rating-column <name>', 'its column of ratings (default: rating)')
  .option('--event-column <name>', 'the column of event names, which --weights turns into ratings')
  .option('--weights <name=weight,…>', 'what each event is worth, such as view=1,cart=3,purchase=5', weights)
  .option('--click-column <name>', 'the column of clicks, 0 or 1, in the place of ratings or events')
  .option('--max-bad-rows <count>', 'rows that may be wrong before reading stops (default: 0)', Number)
  .option('--minimum-per-user <count>', 'users with fewer ratings are left out (default: 1)', Number)
  .option('--minimum-per-item <count>', 'items with fewer ratings are left out (default: 1)', Number)
  .option('--items-file <file>', 'what items are called: a file with their ids in the item column')
  .option('--title-column <name>', 'its column of titles')
  .option('--category-column <name>', 'its column of categories, separated by |')
  .option(
    '--time-column <name>',
    'its column of times (default: timestamp if there is one, else the order of rows)',
  )
  .option('--scale <min,max>', 'what one can rate (default: what the file holds)', numbers)
  .option('--variant <name>', 'residual, which starts at matrix factorisation, or paper (default: residual)')
  .option('--state-module <name>', 'drr-ave, drr-p, drr-u, drr-att or gru (default: drr-ave)')
  .option('--trainable-embeddings', "train the items' vectors too, in actor and critics (residual variant)")
  .option('--algorithm <name>', 'ddpg or td3 (paper variant; default: ddpg)')
  .option('--replay <name>', 'uniform or prioritized (default: uniform; paper: prioritized)')
  .option('--seed <integer>', 'the same seed gives the same run (default: 1)', Number)
  .option(
    '--steps <count>',
    'how many items are shown in training (default: 30720; moving-taste: 64000; paper: 1500)',
    Number,
  )
  .option('--embedding-size <k>', 'numbers in a vector of the paper variant (default: 100)', Number)
  .option('--history-size <n>', 'items in the state (default: 10; moving-taste: 20)', Number)
  .option('--session-length <T>', 'items shown in a session (default: 10)', Number)
  .option('--batch-size <N>', 'transitions in an update (default: 128; paper: 64)', Number)
  .option(
    '--gamma <share>',
    'what a reward one step later is worth (default: 0.5; moving-taste: 0.98; paper: 0.9)',
    Number,
  )
  .option(
    '--state-signal <loss>',
    'whose loss trains the state module of the paper variant: actor, critic or both (default: actor)',
  )
  .option(
    '--threads <count>',
    'cores that compute large matrix products; results stay the same (default: 1)',
    Number,
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

function weights(text: string): Record<string, number> {
  const pairs = text.split(',').map((each) => each.split('='));
  if (!pairs.every(([name, weight]) => name && weight && Number.isFinite(Number(weight))))
    throw new InvalidArgumentError('Expected pairs such as view=1,cart=3,purchase=5.');
  return Object.fromEntries(pairs.map(([name, weight]): [string, number] => [name!, Number(weight)]));
}

function numbers(text: string): number[] {
  return text.split(',').map(Number);
}
