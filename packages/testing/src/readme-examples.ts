import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { examplesIn, runExample, runsInNode } from './examples.js';

/**
 * Makes one test of every `ts` block in a page that is a whole program: Node runs it from the page's folder, so that its
 * imports resolve to what the package ships.
 */
export function testReadmeExamples(readme: URL): void {
  const examples = examplesIn(readFileSync(readme, 'utf8')).filter(runsInNode);
  const folder = fileURLToPath(new URL('.', readme));
  test('the README has an example', () => expect(examples.length).toBeGreaterThan(0));
  for (const [index, example] of examples.entries()) {
    test(`README example ${index + 1} runs`, () => void runExample(example, folder), 60_000);
  }
}
