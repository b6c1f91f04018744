import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circlesOf } from './circles.mjs';
import { drawn, pageWith, shownOn } from './drawn-graph.mjs';
import { examplesOf, importedModules, importsOf } from './imports.mjs';
import { packageOf, undeclaredImports, unusedDependencies } from './package-uses.mjs';

test('imports are those of the code: types and dynamic ones too, not what is in strings and comments', () => {
  const text = `
    import type { A } from './a.js';
    import {
      b,
    } from "@scope/b/part";
    export * from './c.js';
    export const d = await import('./d.js');
    export type E = import('./e.js').E;
    // import f from 'f'
    const g = \`import g from 'g'\`;
  `;
  assert.deepEqual(importsOf(text), ['./a.js', '@scope/b/part', './c.js', './d.js', './e.js']);
  assert.equal(packageOf('@scope/b/part'), '@scope/b');
  assert.equal(packageOf('node:fs/promises'), 'node:fs');
});

test('a relative import leads to the source, whatever its extension', () => {
  const known = new Set(['/p/src/a.ts', '/p/src/part/b.ts', '/p/src/c.mjs']);
  const text = "import '../a.js'; import './b'; import '../c.mjs'; import '../generated/d.js'; import 'a';";
  const imported = importedModules('/p/src/part/x.ts', text, known);
  assert.deepEqual(imported, ['/p/src/a.ts', '/p/src/part/b.ts', '/p/src/c.mjs']);
});

test('of a page the examples that run are code', () => {
  assert.deepEqual(examplesOf("```ts\nimport 'a';\nlet a: 1;\n```\n\n```ts compiled\nimport 'b';\n```\n"), [
    'import "a";\nlet a;\n',
  ]);
});

test('each circle is found once, from its least node, and a node that only leads to one is not in it', () => {
  const graph = (arrows) => new Map(Object.entries(arrows));
  assert.deepEqual(circlesOf(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })), []);
  assert.deepEqual(circlesOf(graph({ z: ['c'], c: ['a'], a: ['b'], b: ['c'] })), [['a', 'b', 'c']]);
  assert.deepEqual(circlesOf(graph({ a: ['a'], b: ['c'], c: ['b'] })), [['a'], ['b', 'c']]);
});

test('what is shipped has to be a dependency, what is tested may be a devDependency, and all have to be used', () => {
  const uses = { shipped: new Set(['a', 'b']), tested: new Set(['c', 'd']), named: new Set(['e']) };
  const manifest = {
    dependencies: { a: '', e: '', f: '' },
    devDependencies: { b: '', c: '', g: '', jest: '' },
  };
  assert.deepEqual(undeclaredImports(manifest, uses), ['b', 'd']);
  const packages = new Map([...'abcdefg'].map((name) => [name, {}]));
  assert.deepEqual(unusedDependencies(manifest, uses, packages), ['f', 'b', 'g']);
});

test('who imports most comes first, and a page shows what is written to it', () => {
  const graph = drawn(
    new Map([
      ['@rl-recsys/random', new Set()],
      ['@rl-recsys/agent', new Set(['@rl-recsys/random', '@rl-recsys/replay'])],
      ['@rl-recsys/replay', new Set(['@rl-recsys/random'])],
    ]),
  );
  assert.equal(graph, 'agent  → replay, random\nreplay → random\nrandom');
  const page = 'before\n<!-- npm run graph --><!-- end of npm run graph -->\nafter';
  const written = pageWith(page, graph);
  assert.equal(shownOn(written), graph);
  assert.equal(pageWith(written, graph), written);
  assert.match(written, /^before\n.*\nafter$/s);
  assert.throws(() => shownOn('a page without markers'), /expected <!-- npm run graph -->/);
});
