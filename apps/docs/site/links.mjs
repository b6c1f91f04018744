// Finds links of a built site that lead nowhere: to files that are not there, and to headings that are not on the page.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * @param folder - the built site
 * @param base - the path that it is served below
 * @returns each broken link, as `page: link`; those to other sites are not looked at.
 */
export function brokenLinks(folder, base) {
  const pages = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.html'))
    .map((file) => join(folder, file));
  const read = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));
  const known = new Map([...read].map(([page, html]) => [page, idsOf(html)]));
  return [...read].flatMap(([page, html]) =>
    [...new Set(linksOf(html))]
      .filter((link) => !leads(link, page, { folder, base, known }))
      .map((link) => `${relative(folder, page)}: ${link} leads nowhere`),
  );
}

/** Addresses of anchors, pictures, scripts, styles and pages within pages. */
export function linksOf(html) {
  return [...html.matchAll(/<(?:a|img|script|link|iframe)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(
    ([, link]) => link.replaceAll('&amp;', '&'),
  );
}

function idsOf(html) {
  return new Set([...html.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => id.replaceAll('&amp;', '&')));
}

function leads(link, page, { folder, base, known }) {
  if (/^[a-z]+:|^\/\//i.test(link)) return true;
  const [path, hash] = link.split('#');
  const file = path === '' ? page : fileOf(decodeURI(path.split('?')[0]), page, folder, base);
  if (file === undefined) return false;
  const ids = known.get(file);
  return !hash || !ids || ids.has(decodeURIComponent(hash)) || ids.has(hash);
}

function fileOf(path, page, folder, base) {
  if (path.startsWith('/') && !path.startsWith(base)) return undefined;
  const place = path.startsWith('/') ? join(folder, path.slice(base.length)) : join(dirname(page), path);
  return [place, `${place}.html`, join(place, 'index.html')].find(
    (each) => existsSync(each) && statSync(each).isFile(),
  );
}
