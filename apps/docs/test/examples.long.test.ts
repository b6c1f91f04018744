import { relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runExample, runsInNode } from '@rl-recsys/testing';
import { examplesOn, root, sitePages } from './pages.js';

// The READMEs' are run by the packages that they are of.
describe.each(sitePages)('%s', (page) => {
  const examples = examplesOn([page]).filter(({ example }) => runsInNode(example));
  if (examples.length === 0) test('has nothing to run', () => expect(relative(root, page)).toMatch(/\.md$/));
  for (const { example } of examples) {
    test(`the example of line ${example.line} runs`, () => void runExample(example, root), 60_000);
  }
});
