import type { TrainingMetrics } from '@rl-recsys/agent';
import type { Table } from '../run/table.js';
import { formatCount, formatDuration, missing } from './format.js';
import { glossarySection } from './glossary.js';
import { Html, html } from './html.js';
import { learningSection } from './learning.js';
import { policiesOf } from './policies.js';
import { recommendingSection, rerankingSection } from './ranking.js';
import { sessionSection } from './sessions.js';
import { style } from './style.js';

/** All that the report of a run shows. */
export interface ReportInput {
  /** The name of the run, such as synthetic-seed-1. */
  readonly name: string;
  /** How the run was set up; shown by name, nested values as JSON, null as a dash. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly dataset: {
    readonly name: string;
    readonly users: number;
    readonly items: number;
    readonly ratings: number;
  };
  /** The lines of `metrics.jsonl` in their order; may be empty. */
  readonly metrics: readonly TrainingMetrics[];
  /** Policies in the order to show: what was trained is highlighted, the oracle is gray and never best. */
  readonly table: Table;
  /** How long the run took. */
  readonly seconds: number;
}

/**
 * The report of a run as one HTML page that needs nothing but itself: no network, no script.
 *
 * The same input gives the same page, byte for byte.
 */
export function renderReport(run: ReportInput): string {
  const { table } = run;
  const policies = policiesOf(table.rows);
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
        <title>${run.name} · training report</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          ${headline(run)} ${recommendingSection(table, policies)} ${sessionSection(table, policies)}
          ${rerankingSection(table, policies)} ${learningSection(run.metrics)} ${optionsSection(run.options)}
          ${glossarySection()}
        </main>
      </body>
    </html> `;
  return page.text;
}

function headline({ name, dataset, metrics, seconds }: ReportInput): Html {
  const last = metrics.at(-1);
  const facts = {
    Users: formatCount(dataset.users),
    Items: formatCount(dataset.items),
    Ratings: formatCount(dataset.ratings),
    'Environment steps': last === undefined ? missing : formatCount(last.step),
    Sessions: last === undefined ? missing : formatCount(last.episodes),
    Duration: formatDuration(seconds),
  };
  return html`<header>
    <p class="eyebrow">Training report</p>
    <h1>${name}</h1>
    <p>A recommender that learned by reinforcement (DRR), trained and evaluated on ${dataset.name}.</p>
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

function optionsSection(options: ReportInput['options']): Html {
  return html`<section>
    <h2>Options</h2>
    <p>What the run was started with.</p>
    <div class="card">
      <table class="options">
        <thead>
          <tr>
            <th scope="col">Option</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          ${Object.entries(options).map(
            ([option, value]) =>
              html`<tr>
                <th scope="row">${option}</th>
                <td>${optionText(value)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function optionText(value: unknown): string {
  if (value === null || value === undefined) return missing;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
