import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

/**
 * Compiles the package in `folder` into `to`, its sources with all mutants inside, of which a process can switch one on; gives the mutants.
 */
export async function compilePackage(folder, to) {
  const sources = typescriptIn(join(folder, 'src'));
  const { files, mutants } = await instrumented(sources);
  for (const { name, content } of files) compile(name, content);
  for (const name of typescriptIn(join(folder, 'test'))) compile(name, readFileSync(name, 'utf8'));
  return withKeys(mutants.map((mutant) => described(mutant, folder)));

  function compile(name, content) {
    const place = join(to, relative(folder, name));
    mkdirSync(dirname(place), { recursive: true });
    const jsc = { target: 'es2022', parser: { syntax: 'typescript' } };
    writeFileSync(place, transformSync(content, { filename: name, jsc, module: { type: 'es6' } }).code);
  }
}

function typescriptIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function instrumented(names) {
  // The instrumenter lies beside the Node that npx fetched.
  const place = createRequire(process.execPath).resolve('@stryker-mutator/instrumenter');
  const { Instrumenter } = await import(pathToFileURL(place).href);
  const silent = { debug() {}, info() {}, isDebugEnabled: () => false };
  const sources = names.map((name) => ({
    name,
    content: readFileSync(name, 'utf8'),
    mutate: !/[\\/]generated[\\/]/.test(name),
  }));
  return new Instrumenter(silent).instrument(sources, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
    noHeader: false,
  });
}

function described({ id, fileName, location, mutatorName, replacement }, folder) {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(location.start.line, location.end.line + 1);
  lines[lines.length - 1] = lines.at(-1).slice(0, location.end.column);
  lines[0] = lines[0].slice(location.start.column);
  const file = relative(folder, fileName);
  const original = lines.join('\n');
  return { id, file, line: location.start.line + 1, mutator: mutatorName, original, replacement };
}

/** A name that an edit elsewhere in the file does not change; what is there several times is counted. */
function withKeys(mutants) {
  const seen = new Map();
  return mutants.map((mutant) => {
    const text = [mutant.file, mutant.mutator, mutant.original, mutant.replacement].join(' ');
    const times = seen.get(text) ?? 0;
    seen.set(text, times + 1);
    return { ...mutant, key: `${text} ${times}` };
  });
}
