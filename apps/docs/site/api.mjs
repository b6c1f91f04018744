// The API's pages, made by typedoc of READMEs and docstrings.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = 'https://github.com/rl-recsys/rl-recsys/tree/main/apps/';

/** READMEs link to folders of applications, which lie in the repository alone. */
export function withFolders(html) {
  return html.replace(
    /href="(?:\.\.\/)*media\/(server|trainer|examples|benchmark|playground|docs)"/g,
    `href="${REPOSITORY}$1"`,
  );
}

/** Mends the links of all pages in a folder. */
export function mendApiLinks(folder) {
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.endsWith('.html')) continue;
    const page = join(folder, file);
    const html = readFileSync(page, 'utf8');
    const mended = withFolders(html);
    if (mended !== html) writeFileSync(page, mended);
  }
}
