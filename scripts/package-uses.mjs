import { readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { examplesOf, importsOf, modulesIn } from './imports.mjs';

/**
 * Which other packages of the workspace a package uses.
 *
 * @returns `shipped`: those that its sources import; `tested`: those that its tests and the examples of its README
 * import; `named`: those whose names, or paths into whose folders, it has in quotes anywhere, such as what a child
 * process is to load.
 */
export function usesOf(folder, own, packages) {
  const files = modulesIn(folder).map((file) => [file, readFileSync(file, 'utf8')]);
  const others = (specifiers) =>
    new Set(specifiers.map(packageOf).filter((name) => name !== own && packages.has(name)));
  const isTest = (file) => ['test', 'fuzz'].some((part) => file.startsWith(join(folder, part) + sep));
  const imports = (some) => some.flatMap(([, text]) => importsOf(text));
  const readme = readmeOf(folder);
  const nameOf = (file, quoted) => {
    if (!quoted.startsWith('../')) return quoted;
    const path = resolve(dirname(file), quoted) + sep;
    return [...packages].find(([, other]) => path.startsWith(other.folder + sep))?.[0] ?? quoted;
  };
  return {
    shipped: others(imports(files.filter(([file]) => !isTest(file)))),
    tested: others([
      ...imports(files.filter(([file]) => isTest(file))),
      ...examplesOf(readme).flatMap(importsOf),
    ]),
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

function readmeOf(folder) {
  try {
    return readFileSync(join(folder, 'README.md'), 'utf8');
  } catch {
    return '';
  }
}
