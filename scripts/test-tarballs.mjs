// Packs every package that is published, installs it in an empty project with nothing but the tarballs
// that it needs and its peers, and runs its README's examples there: what ships is what is tested.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scope = '@rl-recsys/';
const workplace = mkdtempSync(join(tmpdir(), 'tarballs-'));
const run = (folder, command, ...args) =>
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });

const packages = new Map();
for (const name of readdirSync(join(root, 'packages'))) {
  const folder = join(root, 'packages', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (manifest.private) continue;
  const [packed] = JSON.parse(run(folder, 'npm', 'pack', '--json', '--pack-destination', workplace));
  const files = packed.files.map(({ path }) => path);
  for (const file of ['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']) {
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

for (const [name, { folder, manifest }] of packages) {
  const project = join(workplace, name.slice(scope.length));
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  // Examples may also use the backend or the optional peer that their README says to install.
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const installed = Array.from(readme.matchAll(/^npm install (.*)$/gm), (match) =>
    match[1].split(' '),
  ).flat();
  const others = installed.map(
    (word) => packages.get(word)?.tarball ?? `${word}@${manifest.peerDependencies?.[word] ?? '4.22.0'}`,
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
  const examples = Array.from(readme.matchAll(/```ts\n(.*?)```/gs), (match) => match[1]);
  const entries = Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'));
  const imports = entries.map((entry) => `await import('${name}${entry.slice(1)}');`);
  for (const code of [...imports, ...examples]) {
    run(project, process.execPath, '--input-type=module', '--eval', code);
  }
  console.log(
    `${name} ${manifest.version}: installs, ${imports.length} import(s) and ${examples.length} README example(s) run`,
  );
}
rmSync(workplace, { recursive: true });
