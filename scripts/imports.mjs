// What modules import, types and dynamic imports among it, as TypeScript itself reads them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from 'esbuild';
import ts from 'typescript';

/** What isn't a type stays as it is written, imports that nothing uses among it. */
const VERBATIM = { compilerOptions: { verbatimModuleSyntax: true } };

/** The specifiers that a module imports. */
export function importsOf(text) {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The code blocks of a page that tests run, without their types; with `all` also those that are only compiled. */
export function examplesOf(markdown, all = false) {
  const blocks = all ? /```ts(?: \w+)?\n([\s\S]*?)```/g : /```ts(?: node)?\n([\s\S]*?)```/g;
  return [...markdown.matchAll(blocks)].map(([, code]) => {
    return transformSync(code, { loader: 'ts', target: 'es2022', tsconfigRaw: VERBATIM }).code;
  });
}

/** The modules in a folder, in the order of their names; what is built is left out. */
export function modulesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.(ts|js|mjs)$/.test(file) && !/(^|\/)(generated|node_modules|dist)\//.test(file))
    .map((file) => join(folder, file))
    .sort();
}

/** The workspace's packages by their names: where they are, and what their package.json says. */
export function workspacePackages(root) {
  const folders = ['packages', 'apps'].flatMap((part) =>
    readdirSync(join(root, part)).map((name) => join(root, part, name)),
  );
  return new Map(
    folders
      .filter((folder) => existsSync(join(folder, 'package.json')))
      .map((folder) => [JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')), folder])
      .map(([manifest, folder]) => [manifest.name, { folder, manifest }]),
  );
}

/** The modules among `known` that a module imports by a relative path. */
export function importedModules(file, text, known) {
  return importsOf(text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => resolve(dirname(file), specifier))
    .map((path) => [path, path.replace(/\.js$/, '.ts'), `${path}.ts`].find((each) => known.has(each)))
    .filter((path) => path !== undefined);
}
