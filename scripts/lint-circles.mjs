// Refuses modules that import each other in a circle, types among it: what can't be read alone is one idea.
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { circlesOf } from './circles.mjs';
import { importedModules, modulesIn, workspacePackages } from './imports.mjs';

const root = resolve(import.meta.dirname, '..');
const folders = [...workspacePackages(root).values()].map(({ folder }) => folder);
const modules = new Set([...folders.flatMap(modulesIn), ...modulesIn(import.meta.dirname)]);
const graph = new Map(
  [...modules].map((file) => [file, importedModules(file, readFileSync(file, 'utf8'), modules)]),
);
const circles = circlesOf(graph);
for (const circle of circles) {
  console.error(
    `import circle: ${[...circle, circle[0]].map((file) => relative(root, file)).join('\n  imports ')}`,
  );
}
if (circles.length > 0) process.exit(1);
console.log(`no import circle in ${modules.size} modules`);
