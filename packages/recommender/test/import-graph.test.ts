import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';

/** What of Node an entry of the built package imports, by itself or by anything that it imports. */
async function importsOfNode(entry: string): Promise<string[]> {
  const builtins = builtinModules.flatMap((name) => [name, `node:${name}`]);
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`../dist/${entry}`, import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    external: builtins,
    logLevel: 'silent', // failures are thrown
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return [...new Set(imports.filter(({ external }) => external).map(({ path }) => path))].sort();
}

test('the package runs where there is no Node', async () => {
  expect(await importsOfNode('index.js')).toEqual([]);
});

test('but for its folders', async () => {
  expect(await importsOfNode('storage/folder.js')).toEqual(['node:crypto', 'node:fs/promises', 'node:path']);
});
