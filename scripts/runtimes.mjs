// Runs every block of TypeScript of READMEs and of the site in Node 20, 22 and 24, Bun and Deno, which npm has, and prints how many run.
// Blocks marked `node` are left to Node. `npm run runtimes` after a build; names of runtimes as arguments leave the others out.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { examplesIn, withoutTypes } from '../packages/testing/dist/examples.js';

const root = resolve(import.meta.dirname, '..');

/** What npm installs, and how each runs a file. Bun and Deno take types as they are. */
const RUNTIMES = {
  'Node 20': { installed: 'node@20.20.2', command: ['node'], typed: false },
  'Node 22': { installed: 'node@22.23.3', command: ['node'], typed: false },
  'Node 24': { installed: 'node@24.21.0', command: ['node'], typed: false },
  Bun: { installed: 'bun@1.4.5', command: ['bun', 'run'], typed: true },
  Deno: {
    installed: 'deno@2.9.6',
    command: ['deno', 'run', '-A', '--quiet', '--node-modules-dir=manual'],
    typed: true,
  },
};
const LIMIT = 120_000;

/** Files that are there now; none is left behind, however this ends. */
const written = new Set();
process.on('exit', () => written.forEach((file) => rmSync(file, { force: true })));
process.on('SIGINT', () => process.exit(130));

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in RUNTIMES));
if (unknown) throw new Error(`expected one of ${Object.keys(RUNTIMES).join(', ')}, got ${unknown}`);

const blocks = pages().flatMap((page) =>
  examplesIn(readFileSync(page, 'utf8'))
    .filter(({ kind }) => kind === 'program' || kind === 'node')
    .map((example) => ({ page, ...example })),
);
const table = {};
const faults = [];
for (const [name, runtime] of Object.entries(RUNTIMES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const isNode = name.startsWith('Node');
  const todo = blocks.filter(({ kind }) => kind === 'program' || isNode);
  const found = await runAll(name, runtime, todo);
  table[name] = {
    version: runtime.installed.split('@')[1],
    blocks: todo.length,
    run: todo.length - found.length,
  };
  faults.push(...found);
}
console.table(table);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);

/** Where the project says something in TypeScript. */
function pages() {
  const site = join(root, 'apps/docs/pages');
  const readmes = ['packages', 'apps'].flatMap((part) =>
    readdirSync(join(root, part)).map((name) => join(root, part, name, 'README.md')),
  );
  const named = readdirSync(site).filter((name) => name.endsWith('.md'));
  return [join(root, 'README.md'), ...readmes, ...named.map((name) => join(site, name))].filter(existsSync);
}

/** Runs blocks, as many at once as there are processors; tells what failed. */
async function runAll(name, { installed, command, typed }, todo) {
  const env = { ...process.env, PATH: pathWith(installed), NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };
  const left = [...todo];
  const failed = [];
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let block = left.shift(); block; block = left.shift()) {
        const said = await runOne(block, command, typed, env);
        if (said !== '') failed.push(`${name}: ${relative(root, block.page)}:${block.line}\n${said}`);
      }
    }),
  );
  return failed;
}

/** The block as a file in its page's folder, from which its imports are found. */
function runOne({ page, line, code }, [command, ...words], typed, env) {
  const file = join(dirname(page), `.${basename(page, '.md')}-${line}.${typed ? 'mts' : 'mjs'}`);
  writeFileSync(file, typed ? code : withoutTypes(code));
  written.add(file);
  return new Promise((done) => {
    execFile(
      command,
      [...words, file],
      { cwd: dirname(page), env, timeout: LIMIT },
      (error, stdout, stderr) => {
        rmSync(file, { force: true });
        done(error ? stderr || String(error) : '');
      },
    );
  });
}

/** The search path of a shell that npx has put a package into. */
function pathWith(installed) {
  return execFileSync('npx', ['-y', '-p', installed, '--', process.execPath, '-p', 'process.env.PATH'], {
    encoding: 'utf8',
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
