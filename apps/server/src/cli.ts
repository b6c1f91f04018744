#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { basename, join, normalize } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { LearnOptions } from './commands/learn.js';
import { SCOPES, type Scope } from './keys/scopes.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// Each command is loaded when it is asked for: a typing error should not wait for a server's libraries.
const program = new Command('rl-recsys-server')
  .description('Serves a trained recommender over HTTP, and writes down what its answers earn.')
  .version(version)
  .enablePositionalOptions() // versions of models are options of commands
  .configureOutput({ outputError: (text, write) => write(`${text.trim().replace(/\s*\n\s*/g, ' ')}\n`) });

program.addHelpText(
  'after',
  [
    '',
    'Examples:',
    '  npx @rl-recsys/server --run runs/moving-taste-seed-1 --no-auth',
    '  npx @rl-recsys/server key --keys keys.json --name shop',
    '  npx @rl-recsys/server --run runs/moving-taste-seed-1 --keys keys.json',
    '  npx @rl-recsys/server learn --run runs/moving-taste-seed-1',
    '  npx @rl-recsys/server serve --help',
  ].join('\n'),
);

interface ServeArguments {
  readonly run: string;
  readonly port: number;
  readonly host: string;
  readonly keys?: string;
  readonly auth: boolean;
  readonly feedback?: string;
  readonly redis?: string;
  readonly mode: 'online' | 'apprentice' | 'logging-only';
  readonly temperature: number;
  readonly waitingTime: number;
  readonly retainDays?: number;
  readonly rate: number;
  readonly cors: readonly string[];
}

program.commandsGroup('Serve:');
program
  .command('serve', { isDefault: true })
  .description('answer over HTTP by a run, until it is told to stop')
  .requiredOption('--run <folder>', 'the folder of the run, or a recommender in one .tar', folderName)
  .optionsGroup('Where it listens, and who may ask:')
  .option('--port <number>', 'where to listen; 0 takes one that is free', integer(0, 65535), 8080)
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--keys <file>', 'who may ask: a file that the command key writes')
  .option('--no-auth', 'let everybody on this machine ask, without keys')
  .option('--rate <number>', 'how many requests a second each key may send', integer(1), 1000)
  .option('--cors <origins...>', 'the origins whose pages may ask', [])
  .optionsGroup('What is shown:')
  .addOption(
    new Option('--mode <mode>', 'who decides what is shown: the policy, or the caller by their baseline')
      .choices(['online', 'apprentice', 'logging-only'])
      .default('online'),
  )
  .option('--temperature <number>', 'how much is left to chance; 0: nothing', number(0), 0.1)
  .optionsGroup('The log of what was shown, and what it earned:')
  .option('--feedback <folder>', 'where the log is (default: feedback/ and the name of the run)', folderName)
  .option(
    '--redis <url>',
    'the Redis that the log is in, which several servers may share (default: a folder)',
  )
  .option('--waiting-time <seconds>', 'how long a recommendation waits for what it earns', integer(1), 600)
  .option('--retain-days <days>', 'remove what is older from the log (default: nothing)', integer(1))
  .action(async (given: ServeArguments) => {
    const { serve } = await import('./commands/serve.js');
    await serve({ ...given, feedback: given.feedback ?? join('feedback', basename(given.run)), version });
  });

program
  .command('key')
  .description('make a key for who may ask; it is printed once, and its hash is kept')
  .requiredOption('--keys <file>', 'the file of keys, which is made where there is none')
  .requiredOption('--name <name>', 'what it is called')
  .option('--scopes <scopes>', `what it is good for, of ${SCOPES.join(',')}`, scopes, [
    'recommend',
    'feedback',
  ])
  .action(async (given: { keys: string; name: string; scopes: Scope[] }) => {
    const { key } = await import('./commands/key.js');
    await key(given.keys, given.name, given.scopes);
  });

program.commandsGroup('Choose which version of a model answers:');
const ofRun = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .requiredOption('--run <folder>', 'the folder of the run', folderName);

ofRun('status', 'print the versions of a run, and which of them answer').action(
  async ({ run }: { run: string }) => {
    const { status } = await import('./commands/versions.js');
    await status(run);
  },
);

ofRun('promote', 'let a version serve')
  .option('--version <number>', 'which (default: the canary, else the newest)', integer(0))
  .action(async (given: { run: string; version?: number }) => {
    const { promoteVersion } = await import('./commands/versions.js');
    await promoteVersion(given.run, given.version);
  });

ofRun('rollback', 'let the version serve again that did before').action(async ({ run }: { run: string }) => {
  const { rollbackVersion } = await import('./commands/versions.js');
  await rollbackVersion(run);
});

ofRun('canary', 'try a version on a share of sessions; without --version end the trial')
  .option('--version <number>', 'which', integer(0))
  .option('--share <share>', 'of sessions, above 0 and at most 1', number(0), 0.2)
  .action(async (given: { run: string; version?: number; share: number }) => {
    const { canaryVersion } = await import('./commands/versions.js');
    await canaryVersion(given.run, given.version, given.share);
  });

program.commandsGroup('Use the log:');
program
  .command('learn')
  .description('learn a next version from the log and try it; or, while one is tried, decide that')
  .requiredOption('--run <folder>', 'the folder of the run', folderName)
  .option('--feedback <folder>', 'where the log is (default: feedback/ and the name of the run)', folderName)
  .option(
    '--redis <url>',
    'the Redis that the log is in, which several servers may share (default: a folder)',
  )
  .option('--canary <share>', 'the share of sessions that a new version is tried on', canaryShare, 0.2)
  .option('--waiting-time <seconds>', 'how long a recommendation waits for what it earns', integer(1), 600)
  .option('--session-time <seconds>', 'how long a session may take', integer(1), 1800)
  .option(
    '--sessions <number>',
    'how many new sessions there have to be before anything is learned',
    integer(4),
    2000,
  )
  .option(
    '--most-items <number>',
    'how many items of a session count where a canary is judged',
    integer(1),
    20,
  )
  .option('--most <number>', 'after how many sessions a canary ends undecided', integer(1), 6000)
  .option('--seed <number>', 'what learning draws from', integer(0), 1)
  .action(async (given: Omit<LearnOptions, 'feedback'> & { readonly feedback?: string }) => {
    const { learn } = await import('./commands/learn.js');
    await learn({ ...given, feedback: given.feedback ?? join('feedback', basename(given.run)) });
  });

program
  .command('simulate-traffic')
  .description('see the loop: simulated users ask a server that learns from them')
  .option('--seed <number>', 'of the users, and of all that is drawn', integer(0), 1)
  .option(
    '--port <number>',
    'where the page is that draws it; 0 takes one that is free',
    integer(0, 65535),
    4790,
  )
  .option('--sessions <number>', 'how many sessions are served before the first lesson', integer(100), 2000)
  .option('--canary <share>', 'the share of sessions that the new version is tried on', canaryShare, 0.5)
  .action(async (given: { seed: number; port: number; sessions: number; canary: number }) => {
    const { simulateTraffic } = await import('./commands/simulate-traffic.js');
    await simulateTraffic(given);
  });

program
  .command('forget')
  .description("remove a user's records from a log that no server has open")
  .requiredOption('--user <id>', 'whose')
  .option('--feedback <folder>', 'where the log is (default: all that are below feedback)', folderName)
  .option('--redis <url>', 'the Redis that the log of the name --feedback is in')
  .action(async (given: { user: string; feedback?: string; redis?: string }) => {
    const { forget } = await import('./commands/forget.js');
    await forget(given.user, given);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (process.env['DEBUG'] !== undefined) throw error;
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** However a folder is spelled, `./runs/x`, `runs/x/` and `runs//x`, it is the same one. */
function folderName(text: string): string {
  return normalize(text).replace(/(?<=.)[\\/]+$/, '');
}

function integer(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Expected an integer ${range}.`);
  };
}

function number(least: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (Number.isFinite(value) && value >= least) return value;
    throw new InvalidArgumentError(`Expected a number from ${least}.`);
  };
}

function canaryShare(text: string): number {
  const value = number(0)(text);
  if (value > 0 && value <= 0.5) return value;
  throw new InvalidArgumentError('Expected a share above 0 and at most 0.5.');
}

function scopes(text: string): Scope[] {
  const given = text.split(',').map((scope) => scope.trim());
  const unknown = given.find((scope) => !SCOPES.some((each) => each === scope));
  if (unknown !== undefined) throw new InvalidArgumentError(`Expected some of ${SCOPES.join(',')}.`);
  return given as Scope[];
}
