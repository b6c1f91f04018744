// Prints which package of the workspace imports which, as their sources say. With --check ARCHITECTURE.md has to show
// exactly that; with --write it is made to. An import that package.json does not declare is an error, and so is a
// dependency that nothing uses.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { undeclaredImports, unusedDependencies, usesOf } from './package-uses.mjs';
import { workspacePackages } from './imports.mjs';
import { drawn, pageWith, shownOn } from './drawn-graph.mjs';

const root = resolve(import.meta.dirname, '..');
const packages = workspacePackages(root);
const uses = new Map([...packages].map(([name, { folder }]) => [name, usesOf(folder, name, packages)]));
const errors = [...packages].flatMap(([name, { manifest }]) => [
  ...undeclaredImports(manifest, uses.get(name)).map(
    (each) =>
      `${name}: expected ${each} in ${uses.get(name).shipped.has(each) ? 'dependencies' : 'devDependencies'}`,
  ),
  ...unusedDependencies(manifest, uses.get(name), packages).map(
    (each) => `${name}: expected an import of the dependency ${each}, got none`,
  ),
]);

const file = join(root, 'ARCHITECTURE.md');
const page = readFileSync(file, 'utf8');
const graph = drawn(new Map([...uses].map(([name, { shipped }]) => [name, shipped])));
if (process.argv.includes('--write')) writeFileSync(file, pageWith(page, graph));
else if (process.argv.includes('--check')) errors.push(...differences(shownOn(page), graph));
else console.log(graph);
for (const error of errors) console.error(error);
if (errors.length > 0) process.exit(1);

function differences(shown, graph) {
  const [before, now] = [shown.split('\n'), graph.split('\n')];
  const lines = [
    ...before.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
  if (shown === graph) return [];
  return [
    `ARCHITECTURE.md: expected the graph of the sources, which \`npm run graph -- --write\` puts in:`,
    ...lines,
  ];
}
