import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { examplesOf, importsOf, modulesIn } from './imports.mjs';

/**
 * Which other packages of the workspace a package uses.
 *
 * @returns `shipped`: those that its sources import; `tested`: those that its tests and the examples of its README and pages
 * import; `named`: those whose names, or paths into whose folders, it has in quotes anywhere, such as what a child
 * process is to load.
 */
export function usesOf(folder, own, packages) {
  const files = modulesIn(folder).map((file) => [file, readFileSync(file, 'utf8')]);
  const others = (specifiers) =>
    new Set(specifiers.map(packageOf).filter((name) => name !== own && packages.has(name)));
  const isTest = (file) => ['test', 'fuzz'].some((part) => file.startsWith(join(folder, part) + sep));
  const imports = (some) => some.flatMap(([, text]) => importsOf(text));
  const examples = pagesOf(folder).flatMap(({ text, all }) => examplesOf(text, all));
  const nameOf = (file, quoted) => {
    if (!quoted.startsWith('../')) return quoted;
    const path = resolve(dirname(file), quoted) + sep;
    return [...packages].find(([, other]) => path.startsWith(other.folder + sep))?.[0] ?? quoted;
  };
  return {
    shipped: others(imports(files.filter(([file]) => !isTest(file)))),
    tested: others([...imports(files.filter(([file]) => isTest(file))), ...examples.flatMap(importsOf)]),
    named: others(files.flatMap(([file, text]) => quotedIn(text).map((quoted) => nameOf(file, quoted)))),
  };
}

/** The package of an import: `@scope/name/part` is of `@scope/name`. */
export function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** What a package imports and its manifest does not declare: what it ships may not be a mere devDependency. */
export function undeclaredImports({ dependencies, peerDependencies, devDependencies }, { shipped, tested }) {
  const installed = { ...dependencies, ...peerDependencies };
  const declared = { ...installed, ...devDependencies };
  return [
    ...[...shipped].filter((name) => !(name in installed)),
    ...[...tested].filter((name) => !(name in declared)),
  ];
}

/** What a package's manifest declares of the workspace and the package does not use. */
export function unusedDependencies(manifest, { shipped, tested, named }, packages) {
  const { dependencies = {}, peerDependencies = {}, devDependencies = {} } = manifest;
  return [
    ...Object.keys({ ...dependencies, ...peerDependencies }).filter(
      (name) => !shipped.has(name) && !named.has(name),
    ),
    ...Object.keys(devDependencies).filter((name) => !tested.has(name) && !named.has(name)),
  ].filter((name) => packages.has(name));
}

function quotedIn(text) {
  return [...text.matchAll(/(['"`])([^'"`\n]+)\1/g)].map(([, , quoted]) => quoted);
}

/** The README of a package, and the pages of a site, whose examples are all compiled there. */
function pagesOf(folder) {
  const pages = join(folder, 'pages');
  const files = existsSync(pages) ? readdirSync(pages).map((name) => join('pages', name)) : [];
  return ['README.md', ...files]
    .filter((file) => file.endsWith('.md') && existsSync(join(folder, file)))
    .map((file) => ({ text: readFileSync(join(folder, file), 'utf8'), all: file !== 'README.md' }));
}
