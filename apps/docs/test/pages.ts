import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examplesIn, type Compiled } from '@rl-recsys/testing';

export const root: string = fileURLToPath(new URL('../../..', import.meta.url));
const pages = join(root, 'apps/docs/pages');

/** Made of RESULTS.md and BENCHMARKS.md when the site is built. */
const MADE = ['results.md', 'benchmarks.md'];

/** The site's own pages. */
export const sitePages: readonly string[] = readdirSync(pages)
  .filter((name) => name.endsWith('.md') && !MADE.includes(name))
  .sort()
  .map((name) => join(pages, name));

/** The READMEs of the project, of packages and of applications. */
export const readmes: readonly string[] = [
  join(root, 'README.md'),
  ...['packages', 'apps'].flatMap((part) =>
    readdirSync(join(root, part))
      .map((name) => join(root, part, name, 'README.md'))
      .filter((file) => readable(file)),
  ),
];

/** The examples of pages, with the page that each stands in. */
export function examplesOn(files: readonly string[]): Compiled[] {
  return files.flatMap((page) =>
    examplesIn(readFileSync(page, 'utf8')).map((example) => ({ page, example })),
  );
}

function readable(file: string): boolean {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}
