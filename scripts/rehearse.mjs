// A release, rehearsed: a registry on this machine, versions by changesets and publishing from a copy of the repository, all
// packages installed by name into an empty project where every README's examples run, the ways of newcomers, and everything removed again.
// Run it on what is committed and built: `npm run rehearse`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { examplesOf, workspacePackages } from './imports.mjs';
import { tryNewcomers } from './rehearsal/newcomers.mjs';
import { publishCopy } from './rehearsal/publish.mjs';
import { startRegistry } from './rehearsal/registry.mjs';

const root = resolve(import.meta.dirname, '..');
const workplace = mkdtempSync(join(tmpdir(), 'rehearsal-'));
const start = globalThis.performance.now();
const told = (what) =>
  console.log(`[${((globalThis.performance.now() - start) / 1000).toFixed(0)} s] ${what}`);

const registry = await startRegistry(join(workplace, 'registry'));
try {
  told(`a registry is at ${registry.url}`);
  const versions = publishCopy(root, join(workplace, 'copy'), registry);
  told(
    `${versions.size} packages published, ${new Set(versions.values()).size} version(s): ${[...new Set(versions.values())].join(', ')}`,
  );
  told(
    `${runReadmes([...versions.keys()], registry.url)} README examples run from what was installed by name`,
  );
  await tryNewcomers(registry.url);
} finally {
  registry.stop();
  rmSync(workplace, { recursive: true, force: true });
}
told('rehearsed; nothing is left');

/** Installs every package by its name in one project, and runs all examples of their READMEs there. */
function runReadmes(names, url) {
  const project = join(workplace, 'readmes');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const packages = workspacePackages(root);
  const readmes = names.map((name) => readFileSync(join(packages.get(name).folder, 'README.md'), 'utf8'));
  const words = readmes.flatMap((readme) =>
    [...readme.matchAll(/^npm install (@?[a-z].*)$/gm)].flatMap(([, line]) => line.split(' ')),
  );
  const env = { ...process.env, npm_config_registry: url };
  const run = (command, ...args) => execFileSync(command, args, { cwd: project, env, stdio: 'pipe' }); // what is said of a failure is in the error
  run('npm', 'install', '--no-audit', '--no-fund', ...new Set([...names, ...words]));
  const examples = readmes.flatMap((readme) => examplesOf(readme));
  for (const code of examples) run(process.execPath, '--input-type=module', '--eval', code);
  run('npm', 'uninstall', ...names);
  const left = names.filter((name) => existsSync(join(project, 'node_modules', name)));
  if (left.length > 0) throw new Error(`npm uninstall: expected nothing to be left, got ${left.join(', ')}`);
  return examples.length;
}
