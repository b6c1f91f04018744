import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { pageFiles } from '@rl-recsys/live-view/page';

test('the page with all that it needs is at most 100 kB as it is sent, and asks nobody else', async () => {
  const files = await pageFiles();
  const sizes = files.map(({ body }) => gzipSync(body).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
  for (const { body } of files) expect(body).not.toMatch(/(src|href|url|import)\s*[=(]\s*["']?https?:/);
});
