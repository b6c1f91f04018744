import type { TrainingMetrics } from '@rl-recsys/agent';
import { formatCount, missing } from './format.js';
import { Html, html } from './html.js';
import { style } from './style.js';

/** A page that needs nothing but itself: no network, no script. */
export function renderPage(title: string, content: Html): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `;
  return page.text;
}

/** What the report is of, and its largest facts. */
export function header(name: string, about: string, facts: Readonly<Record<string, string>>): Html {
  return html`<header>
    <p class="eyebrow">Training report</p>
    <h1>${name}</h1>
    <p>${about}</p>
    <dl class="card facts">
      ${Object.entries(facts).map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </header>`;
}

/** How far training came. */
export function lengthsOf(metrics: readonly TrainingMetrics[]): Record<string, string> {
  const last = metrics.at(-1);
  return {
    'Environment steps': last === undefined ? missing : formatCount(last.step),
    Sessions: last === undefined ? missing : formatCount(last.episodes),
  };
}
