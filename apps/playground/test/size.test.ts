import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name));

test('all files together are at most 500 kB as they are sent', () => {
  const sizes = files.map((file) => gzipSync(readFileSync(file)).length);
  expect(sizes.length).toBeGreaterThan(4);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000);
});

test('the service worker keeps each of them', () => {
  const text = readFileSync(join(dist, 'service-worker.js'), 'utf8');
  for (const file of files.filter((each) => !each.endsWith('service-worker.js')))
    expect(text).toContain(JSON.stringify(`./${file.slice(dist.length + 1)}`));
});
