import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { build, type Metafile, type OutputFile } from 'esbuild';

const builtins = builtinModules.flatMap((name) => [name, `node:${name}`]);

/** An entry of the built package as a web application bundles it, TensorFlow.js apart. */
async function bundle(entry: string): Promise<{ metafile: Metafile; outputFiles: OutputFile[] }> {
  return build({
    entryPoints: [fileURLToPath(new URL(`../dist/${entry}`, import.meta.url))],
    ...{ bundle: true, splitting: true, write: false, metafile: true, outdir: 'bundle' },
    ...{ format: 'esm', platform: 'browser', minify: true },
    external: [...builtins, '@tensorflow/*'],
    logLevel: 'silent', // failures are thrown
  });
}

/** What of Node an entry imports, by itself or by anything that it imports. */
async function importsOfNode(entry: string): Promise<string[]> {
  const { metafile } = await bundle(entry);
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const outside = imports.filter(({ external, path }) => external && !path.startsWith('@tensorflow/'));
  return [...new Set(outside.map(({ path }) => path))].sort();
}

test('the package runs where there is no Node', async () => {
  expect(await importsOfNode('index.js')).toEqual([]);
});

test('but for its folders', async () => {
  expect(await importsOfNode('folder.js')).toEqual(['node:crypto', 'node:fs/promises', 'node:path']);
});

test('TensorFlow.js comes only with the state layers that it runs, and nothing that trains comes at all', async () => {
  const { metafile } = await bundle('index.js');
  const entry = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint?.endsWith('index.js'))!;
  const chunks = entry.imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path);
  const loaded = [
    entry,
    ...chunks.map((path) => metafile.outputs[path]).filter((chunk) => chunk !== undefined),
  ];
  expect(
    loaded.flatMap(({ imports }) => imports).filter(({ path }) => path.startsWith('@tensorflow')),
  ).toEqual([]);
  const later = entry.imports.filter(({ kind }) => kind === 'dynamic-import');
  expect(later).toHaveLength(1);
  expect(later[0]!.path).toContain('layer-encoder');
  const modules = Object.keys(metafile.inputs);
  expect(
    modules.filter((path) =>
      /agent\/dist\/(adam|train|replay)|learner|embeddings\/dist\/fit\/fit-/.test(path),
    ),
  ).toEqual([]);
});

test('a page that recommends takes less than 60 kB of ours, gzipped', async () => {
  const { outputFiles } = await bundle('index.js');
  const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(60_000);
});
