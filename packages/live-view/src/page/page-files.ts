import { readFile } from 'node:fs/promises';

/**
 * What a server has to serve beside `events`, a stream of `data: {"run":…,"record":…}` lines as `EventSource` reads them; `data: {"say":"…"}`
 * tells how things stand, and with `"isLast":true` that nothing comes after it.
 */
export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

/** What a page is of. */
export interface PageOptions {
  /** Plain words, which are not escaped (default `Training, live`). */
  readonly title?: string;
  /** What curves are over, as it is called before its number (default `step`). */
  readonly step?: string;
}

const htmlOf = ({ title, step }: Required<PageOptions>) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="page.css" />
    <script type="module" src="page.js"></script>
    <title>${title}</title>
  </head>
  <body>
    <header><h1>${title}</h1></header>
    <main data-step="${step}"></main>
    <noscript>This page draws what it is sent, and needs JavaScript for that.</noscript>
  </body>
</html>
`;

const css = `
:root { color-scheme: light dark; --page: #f6f7f9; --ink: #1b1f24; }
@media (prefers-color-scheme: dark) { :root { --page: #111418; --ink: #e7eaee; } }
body { max-width: 1560px; margin: 0 auto; padding: 20px 16px 48px; background: var(--page); color: var(--ink); }
h1 { margin: 0 0 8px; font: 600 24px/1.2 system-ui, sans-serif; letter-spacing: -0.02em; }
`;

/** The files of a page that shows training live, with all that it needs: it asks nobody else for anything. */
export async function pageFiles({ title = 'Training, live', step = 'step' }: PageOptions = {}): Promise<
  readonly PageFile[]
> {
  const script = await readFile(new URL('page.js', import.meta.url), 'utf8');
  return [
    { path: '/', type: 'text/html; charset=utf-8', body: htmlOf({ title, step }) },
    { path: '/page.css', type: 'text/css; charset=utf-8', body: css },
    { path: '/page.js', type: 'text/javascript; charset=utf-8', body: script },
  ];
}
