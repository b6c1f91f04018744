import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { brokenLinks } from '../site/links.mjs';
import { siteOf } from '../site/measured-pages.mjs';
import { newestFirst, versionsPage } from '../site/versions.mjs';

function site(pages: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  for (const [path, html] of Object.entries(pages)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), html);
  }
  return folder;
}

test('links that lead somewhere are none to tell of', () => {
  const folder = site({
    'index.html':
      '<a href="/x/v0.1/a#there">a</a> <a href="v0.1/">b</a> <a href="https://elsewhere.org/">c</a>',
    'v0.1/index.html': '<a href="../">up</a><img src="p.svg">',
    'v0.1/a.html': '<h2 id="there">There</h2> <a href="#there">here</a>',
    'v0.1/p.svg': '<svg/>',
  });
  expect(brokenLinks(folder, '/x/')).toEqual([]);
});

test.each([
  ['a page that is not there', '<a href="/x/b">b</a>'],
  ['a heading that is not there', '<a href="/x/#b">b</a>'],
  ['a picture that is not there', '<img alt="" src="b.svg">'],
  ['what is not below the site', '<a href="/y/">b</a>'],
])('%s is told of', (_, html) => {
  expect(brokenLinks(site({ 'index.html': html }), '/x/')).toEqual([
    expect.stringMatching(/^index\.html: .* leads nowhere$/),
  ]);
});

test('links of measured pages lead into the repository, and pictures lie beside them', () => {
  const { text, pictures } = siteOf('[a](apps/x) ![b](apps/y/z.svg) [c](https://d.org) [e](#f)');
  expect(text).toBe(
    '[a](https://github.com/rl-recsys/rl-recsys/blob/main/apps/x) ![b](./measured/z.svg) [c](https://d.org) [e](#f)',
  );
  expect(pictures).toEqual(['apps/y/z.svg']);
});

test('the newest version is the greatest number, not the last word', () => {
  expect(newestFirst(['v0.9', 'v1.0', 'v0.10'])).toEqual(['v1.0', 'v0.10', 'v0.9']);
  expect(versionsPage(['v0.9', 'v0.10'])).toContain('url=v0.10/');
});
