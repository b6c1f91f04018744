// Packs every package that is published, installs it in an empty project with nothing but the tarballs
// that it needs and its peers, and runs its README's examples there, or its command: what ships is what is tested.
// Names of packages as arguments leave the others out.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examplesOf, workspacePackages } from './imports.mjs';
import { runInChromium } from './in-chromium.mjs';
import { strictFaults } from './strict-consumers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const scope = '@rl-recsys/';
const workplace = mkdtempSync(join(tmpdir(), 'tarballs-'));
const run = (folder, command, ...args) =>
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });

const packages = new Map();
for (const { folder, manifest } of workspacePackages(root).values()) {
  if (manifest.private) continue;
  const [packed] = JSON.parse(run(folder, 'npm', 'pack', '--json', '--pack-destination', workplace));
  const files = packed.files.map(({ path }) => path);
  const entries = manifest.bin ? Object.values(manifest.bin) : ['dist/index.js', 'dist/index.d.ts'];
  for (const file of ['LICENSE', 'README.md', ...entries.map((entry) => entry.replace(/^\.\//, ''))]) {
    if (!files.includes(file)) throw new Error(`${manifest.name}: ${file} is not in the tarball`);
  }
  packages.set(manifest.name, { folder, manifest, tarball: join(workplace, packed.filename) });
}

/** The package and all others of ours that it stands on. */
function closure(name, found = new Set()) {
  found.add(name);
  for (const dependency of Object.keys(packages.get(name).manifest.dependencies ?? {})) {
    if (dependency.startsWith(scope) && !found.has(dependency)) closure(dependency, found);
  }
  return found;
}

/** Trains on a small file as one does who has installed the command, and asks the run as it says. */
function tryCommand(project, name) {
  const ratings = Array.from({ length: 600 }, (_, row) => {
    const [user, item] = [row % 30, (row * 7 + Math.floor(row / 30)) % 40];
    return `u-${user},i-${item},${1 + ((user + item) % 5)}`;
  });
  writeFileSync(join(project, 'ratings.csv'), ['user,item,rating', ...ratings].join('\n'));
  const train = ['train', '--dataset', 'csv', '--ratings', 'ratings.csv', '--steps', '64'];
  const trained = String(run(project, 'npx', 'rl-recsys', ...train));
  if (!trained.includes('│ DRR ')) throw new Error(`${name}: expected a table, got ${trained}`);
  const next = /^ {2}(npx rl-recsys recommend .*)$/m.exec(trained)?.[1];
  if (next === undefined) throw new Error(`${name}: expected the next command, got ${trained}`);
  const [command, ...words] = next.split(' ');
  const someoneNew = ['npx', 'rl-recsys', 'recommend', '--run', 'runs/csv-seed-1', '--history', 'i-1,i-2'];
  for (const asking of [[command, ...words], someoneNew]) {
    const [liked, recommended] = String(run(project, ...asking)).split('Recommended:');
    if (!/│ i-\d+ /.test(recommended)) throw new Error(`${name}: expected items, got ${liked}${recommended}`);
  }
  for (const ending of ['ndjson', 'parquet']) {
    const toFile = ['--users', 'all', '--output', `all.${ending}`];
    run(project, 'npx', 'rl-recsys', 'recommend', '--run', 'runs/csv-seed-1', ...toFile);
    if (!existsSync(join(project, `all.${ending}`))) throw new Error(`${name}: expected all.${ending}`);
  }
  const evaluated = String(run(project, 'npx', name, 'evaluate', '--run', 'runs/csv-seed-1'));
  const [table, again] = [trained, evaluated].map((text) => text.match(/^│.*$/gm)?.join('\n'));
  if (again !== table) throw new Error(`${name}: expected the same table again, got ${again}`);
}

/** Serves a run that was trained in the same project, as one does who has installed the command, and asks it. */
async function tryServer(project, name) {
  const made = `
    import '@tensorflow/tfjs-backend-wasm';
    import * as tf from '@tensorflow/tfjs-core';
    import { residualFromLog } from '@rl-recsys/drr';
    import { Random } from '@rl-recsys/random';
    import { createRecommender, saveRecommender } from '@rl-recsys/recommender';
    import { folderStorage } from '@rl-recsys/recommender/folder';
    import { syntheticRatingLog } from '@rl-recsys/simulators';
    await tf.setBackend('wasm');
    const log = syntheticRatingLog({ users: 20, items: 40, ratingsPerUser: 8, random: Random.fromSeed(1) });
    const ids = (kind, count) => Array.from({ length: count }, (_, index) => kind + '-' + index);
    const made = residualFromLog(log, { steps: 64, hiddenSize: 8, random: Random.fromSeed(2) });
    const recommender = createRecommender({ ...made, log, users: ids('user', 20), items: ids('item', 40) });
    await saveRecommender(recommender, folderStorage('runs/toy'));`;
  run(project, process.execPath, '--input-type=module', '--eval', made);
  const args = ['--no-install', 'rl-recsys-server', '--run', 'runs/toy', '--no-auth', '--port', '0'];
  const server = spawn('npx', args, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  try {
    const url = await new Promise((resolve, reject) => {
      let said = '';
      server.stdout.on('data', (text) => {
        said += text;
        const found = /on (http:\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      server.on('exit', () => reject(new Error(`${name}: expected a server, got ${said}`)));
    });
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ user: 'user-1', k: 3 });
    const answer = await (
      await globalThis.fetch(`${url}/v1/recommendations`, { method: 'POST', headers, body })
    ).json();
    if (answer.items?.length !== 3) throw new Error(`${name}: expected items, got ${JSON.stringify(answer)}`);
  } finally {
    process.kill(-server.pid, 'SIGTERM');
  }
}

/** What each published command is tried by. */
const COMMANDS = {
  '@rl-recsys/trainer': { tryIt: tryCommand, does: 'trains and recommends' },
  '@rl-recsys/server': { tryIt: tryServer, does: 'serves' },
};

/** The example of the project's own README, in Node, in a page and in a worker of Chromium: the same answers. */
async function tryRootReadme() {
  const project = join(workplace, 'readme');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const [code] = examplesOf(readFileSync(join(root, 'README.md'), 'utf8'));
  const ours = [...code.matchAll(/from "(@rl-recsys\/[\w-]+)"/g)].flatMap(([, name]) => [...closure(name)]);
  const tarballs = [...new Set(ours)].map((name) => packages.get(name).tarball);
  const others = ['core', 'layers', 'backend-cpu'].map((part) => `@tensorflow/tfjs-${part}@4.22.0`);
  run(project, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs, ...others);
  const inNode = String(run(project, process.execPath, '--input-type=module', '--eval', asLines + code));
  const { page, worker } = await runInChromium(code, project);
  for (const [place, logged] of Object.entries({ page, worker })) {
    const lines = logged.map((values) => JSON.stringify(values)).join('\n') + '\n';
    if (lines !== inNode)
      throw new Error(`README.md: expected the answers of Node in a ${place}, got ${lines}`);
  }
  const [[first], , [again]] = page;
  if (first.length !== 10 || JSON.stringify(again) !== JSON.stringify(first)) {
    throw new Error(
      `README.md: expected the same ten items from what was loaded, got ${JSON.stringify(page)}`,
    );
  }
  console.log('README.md: its example runs in Node, in a page and in a worker, with the same answers');
}

/** Logs to Node's output what a browser tells. */
const asLines = `
console.warn = () => {};
console.log = (...values) => process.stdout.write(JSON.stringify(values) + '\\n');
`;

const asked = process.argv.slice(2);
for (const name of asked)
  if (!packages.has(name)) throw new Error(`expected a published package, got ${name}`);
for (const [name, { folder, manifest }] of packages) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const project = join(workplace, name.slice(scope.length));
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  // Examples may also use the backend or the optional peer that their README says to install.
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const installed = Array.from(readme.matchAll(/^npm install (.*)$/gm), (match) =>
    match[1].split(' '),
  ).flat();
  const others = installed.map(
    (word) =>
      packages.get(word)?.tarball ??
      (/.@/.test(word) ? word : `${word}@${manifest.peerDependencies?.[word] ?? '4.22.0'}`),
  );
  const tarballs = [...closure(name)].map((needed) => packages.get(needed).tarball);
  run(
    project,
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    ...new Set([...tarballs, ...others]),
  );
  if (!existsSync(join(project, 'node_modules', name))) throw new Error(`${name} was not installed`);
  if (manifest.bin) {
    const { tryIt, does } = COMMANDS[name];
    await tryIt(project, name);
    console.log(`${name} ${manifest.version}: installs, ${does}`);
    continue;
  }
  const examples = examplesOf(readme);
  const entries = Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'));
  const imports = entries.map((entry) => `await import('${name}${entry.slice(1)}');`);
  for (const code of [...imports, ...examples]) {
    run(project, process.execPath, '--input-type=module', '--eval', code);
  }
  console.log(
    `${name} ${manifest.version}: installs, ${imports.length} import(s) and ${examples.length} README example(s) run`,
  );
}
if (asked.length === 0) {
  await tryRootReadme();
  const faults = strictFaults(join(workplace, 'consumers'), packages);
  if (faults.length > 0) throw new Error(`types: expected none wrong, got\n${faults.join('\n')}`);
  console.log(
    'types: every entry compiles strictly with TypeScript 5.4, 5.9, 6 and 7, its declarations too, without the DOM',
  );
}
rmSync(workplace, { recursive: true });
