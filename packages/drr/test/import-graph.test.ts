import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';

const { resolve } = createRequire(import.meta.url);
const dist = new URL('../dist/', import.meta.url);

/** What a module of the built package imports, by itself or by anything of ours that it imports. */
function importsOf(entry: URL, found = new Set<string>()): Set<string> {
  if (found.has(entry.href)) return found;
  found.add(entry.href);
  const code = readFileSync(fileURLToPath(entry), 'utf8');
  for (const [, name] of code.matchAll(/^(?:import|export)\b(?:[^'"`;]*\bfrom)? ['"]([^'"\n]+)['"];$/gm)) {
    if (name!.startsWith('.')) importsOf(new URL(name!, entry), found);
    else if (name!.startsWith('@rl-recsys/')) importsOf(pathToFileURL(resolve(name!)), found);
    else found.add(name!);
  }
  return found;
}

/** Its imports, ours as `package/module.js`. */
const imports = (entry: string) =>
  Array.from(importsOf(new URL(entry, dist)), (name) => name.replace(/^.*\/packages\/(.+)\/dist\//, '$1/'));

test.each(['residual/policy', 'paper/policy'])('%s needs neither TensorFlow.js nor what trains', (entry) => {
  const found = imports(`${entry}.js`);
  expect(found.filter((name) => name.startsWith('@tensorflow/'))).toEqual([]);

  const ranking = ['catalogue', 'histories', 'ranking', 'ranking-policy', 'tables'];
  const acting = ['dense-forward', 'state-encoder', entry];
  const expected = [...ranking, ...acting].map((name) => `drr/${name}.js`);
  expect(found.filter((name) => name.startsWith('drr/')).sort()).toEqual(expected.sort());

  const packages = new Set(found.filter((name) => name.endsWith('.js')).map((name) => name.split('/')[0]));
  expect([...packages].filter((name) => !name!.startsWith('@')).sort()).toEqual([
    'drr',
    'embeddings',
    'environment',
  ]);
  expect(found).toContain('embeddings/search.js');
  expect(found.filter((name) => /embeddings\/.*(fit|squares|descent|block|index\.js$)/.test(name))).toEqual(
    [],
  );
});

test('gated/policy needs neither TensorFlow.js nor what trains or fits', () => {
  const found = imports('gated/policy.js');
  expect(found.filter((name) => name.startsWith('@tensorflow/'))).toEqual([]);
  expect(found).toContain('embeddings/scores.js');
  expect(
    found.filter((name) => /learner|agent|embeddings\/.*\/(fit-|alternating|index\.js$)/.test(name)),
  ).toEqual([]);
});

test.each(['fold-in', 'scores'])('%s, which serves new users, needs nothing that fits', (entry) => {
  const found = Array.from(importsOf(pathToFileURL(resolve(`@rl-recsys/embeddings/${entry}`))));
  expect(found.some((name) => name.endsWith('/least-squares.js'))).toBe(true);
  expect(
    found.filter((name) => /embeddings\/.*\/(fit-|alternating|dense|descent|index\.js$)/.test(name)),
  ).toEqual([]);
});

test('it would be seen', () => {
  expect(imports('layer-encoder.js')).toContain('@tensorflow/tfjs-core');
  const trains = imports('residual/learner.js');
  expect(trains).toContain('agent/adam.js');
  expect(imports('residual/from-log.js').some((name) => name.includes('embeddings/fit/fit-'))).toBe(true);
});
