// The three ways in which somebody comes: by the libraries, with a file of ratings, with an environment. Each begins in an empty folder with
// nothing but Node, an empty cache and a registry, and ends in a recommendation.
//
// node scripts/rehearsal/newcomers.mjs REGISTRY repeats them against a registry that runs.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { examplesOf } from '../imports.mjs';

const root = resolve(import.meta.dirname, '../..');

/** An empty folder, and commands in it that know nothing of this machine's npm but the registry; npm has nothing to say against this Node. */
function newcomer(registry, name) {
  const home = mkdtempSync(join(tmpdir(), `newcomer-${name}-`));
  const folder = join(home, 'project');
  mkdirSync(folder);
  const env = {
    ...Object.fromEntries(['PATH', 'LANG', 'TMPDIR', 'SystemRoot'].map((key) => [key, process.env[key]])),
    ...{
      HOME: home,
      npm_config_registry: registry,
      npm_config_cache: join(home, 'cache'),
      npm_config_yes: 'true',
    },
    ...{ npm_config_update_notifier: 'false', npm_config_fund: 'false', npm_config_audit: 'false' },
  };
  const run = (command, ...args) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
    if (status !== 0)
      throw new Error(`${command} ${args.join(' ')}: ended with ${status}\n${stdout}${stderr}`);
    if (stderr.includes('EBADENGINE')) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  return { folder, env, run, leave: () => rmSync(home, { recursive: true }) };
}

/** `npm install` of what the project's first example imports, and the example. */
function byLibrary(registry) {
  const { folder, run, leave } = newcomer(registry, 'library');
  const [code] = examplesOf(readFileSync(join(root, 'README.md'), 'utf8'));
  const ours = [...code.matchAll(/from "(@rl-recsys\/[\w-]+)"/g)].map(([, name]) => name);
  const others = ['core', 'layers', 'backend-cpu'].map((part) => `@tensorflow/tfjs-${part}`);
  run('npm', 'init', '-y');
  run('npm', 'install', ...new Set([...ours, ...others]));
  writeFileSync(join(folder, 'example.mjs'), code);
  const said = run('node', 'example.mjs');
  expectIn(said, /item: 'item-\d+'/, 'npm library: expected recommended items');
  run('npm', 'uninstall', ...new Set(ours));
  leave();
}

/** A file of ratings, `npx`, a recommendation, and the same over HTTP. */
async function byRatings(registry) {
  const { folder, env, run, leave } = newcomer(registry, 'ratings');
  const ratings = Array.from({ length: 900 }, (_, row) => {
    const [customer, product] = [row % 30, (row * 7 + Math.floor(row / 30)) % 40];
    return `c-${customer},p-${product},${1 + ((customer + product) % 5)}`;
  });
  writeFileSync(join(folder, 'ratings.csv'), ['customer,product,rating', ...ratings].join('\n'));
  const columns = ['--user-column', 'customer', '--item-column', 'product'];
  const train = ['train', '--dataset', 'csv', '--ratings', 'ratings.csv', ...columns, '--steps', '128'];
  expectIn(run('npx', '@rl-recsys/trainer', ...train), /│ DRR /, 'own CSV: expected a table');
  const recommend = ['recommend', '--run', 'runs/csv-seed-1', '--user', 'c-7', '-k', '10'];
  const said = run('npx', '@rl-recsys/trainer', ...recommend);
  expectIn(said.split('Recommended:')[1] ?? '', /│ p-\d+ /, 'own CSV: expected recommended items');

  const server = spawn('npx', ['@rl-recsys/server', '--run', 'runs/csv-seed-1', '--no-auth', '--port', '0'], {
    ...{ cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  });
  let warned = '';
  server.stderr.on('data', (text) => (warned += text));
  const start = globalThis.performance.now();
  try {
    const url = await addressOf(server);
    console.log(`own CSV: npx @rl-recsys/server listens after ${secondsSince(start)}`);
    const answer = await globalThis.fetch(`${url}/v1/recommendations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'c-7', k: 3 }),
    });
    expectIn(await answer.text(), /"item":"p-\d+"/, 'own CSV, served: expected recommended items');
    if (warned.includes('EBADENGINE')) throw new Error(`npx @rl-recsys/server: ${warned}`);
  } finally {
    process.kill(-server.pid, 'SIGTERM');
  }
  await new Promise((gone) => server.once('exit', gone));
  leave();
}

/** The environment of the site's page, in a file, trained on and asked. */
function byEnvironment(registry) {
  const { folder, run, leave } = newcomer(registry, 'environment');
  const page = readFileSync(join(root, 'apps/docs/pages/environment.md'), 'utf8');
  const [code] = examplesOf(page);
  run('npm', 'init', '-y');
  run('npm', 'install', '@rl-recsys/environment', '@rl-recsys/random', '@rl-recsys/trainer');
  writeFileSync(
    join(folder, 'magazine.mjs'),
    `${code.replace(/^console\.log.*$/m, '')}\nexport default magazine;\n`,
  );
  run('npx', 'rl-recsys', 'train', '--env', './magazine.mjs', '--steps', '640', '--name', 'magazine');
  const said = run('npx', 'rl-recsys', 'recommend', '--run', 'runs/magazine', '--user', '3', '-k', '3');
  expectIn(said, /Recommended:[^]*│ +\d+ /, 'own environment: expected recommended items');
  leave();
}

/** `npx @rl-recsys/trainer train` of somebody who has just heard of it, to the table. */
function byName(registry) {
  const { run, leave } = newcomer(registry, 'name');
  expectIn(run('npx', '@rl-recsys/trainer', 'train'), /│ DRR /, 'npx: expected a table');
  leave();
}

function addressOf(server) {
  return new Promise((found, failed) => {
    let said = '';
    server.stdout.on('data', (text) => {
      said += text;
      const url = /on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) found(url);
    });
    server.on('exit', () => failed(new Error(`server: expected an address, got ${said}`)));
  });
}

const secondsSince = (start) => `${((globalThis.performance.now() - start) / 1000).toFixed(0)} s`;

function expectIn(text, pattern, otherwise) {
  if (!pattern.test(text)) throw new Error(`${otherwise}, got ${text}`);
}

const PATHS = {
  'npm library': byLibrary,
  'own CSV': byRatings,
  'own environment': byEnvironment,
  'npx alone': byName,
};

/** Goes all paths, and says how long each took. */
export async function tryNewcomers(registry, names = Object.keys(PATHS)) {
  for (const name of names) {
    const start = globalThis.performance.now();
    await PATHS[name](registry);
    console.log(`${name}: ${secondsSince(start)}, ends in a recommendation`);
  }
}

if (process.argv[1] === import.meta.filename)
  await tryNewcomers(process.argv[2], process.argv[3] ? [process.argv[3]] : undefined);
