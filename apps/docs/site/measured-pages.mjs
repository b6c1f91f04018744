// Makes pages of RESULTS.md and BENCHMARKS.md, whose links lead into the repository.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const REPOSITORY = 'https://github.com/rl-recsys/rl-recsys/blob/main/';

/**
 * The page as the site has it: links to files of the repository lead there, and pictures lie beside the page.
 *
 * @param {string} markdown
 * @returns {{ text: string, pictures: string[] }} the page, and the paths of its pictures in the repository.
 */
export function siteOf(markdown) {
  const pictures = [];
  const text = markdown
    .replace(/!\[([^\]]*)\]\((?!https?:)([^)]+)\)/g, (_, alt, path) => {
      pictures.push(path);
      return `![${alt}](./measured/${basename(path)})`;
    })
    .replace(
      /(?<!!)\[([^\]]*)\]\((?!https?:|#|\.\/measured\/)([^)]+)\)/g,
      (_, words, path) => `[${words}](${REPOSITORY}${path})`,
    );
  return { text, pictures };
}

/** Writes `results.md` and `benchmarks.md` among the pages, with their pictures; git ignores them. */
export function writeMeasuredPages(root, pages) {
  mkdirSync(join(pages, 'measured'), { recursive: true });
  for (const name of ['RESULTS', 'BENCHMARKS']) {
    const { text, pictures } = siteOf(readFileSync(join(root, `${name}.md`), 'utf8'));
    writeFileSync(join(pages, `${name.toLowerCase()}.md`), text);
    for (const path of pictures) cpSync(join(root, path), join(pages, 'measured', basename(path)));
  }
}
