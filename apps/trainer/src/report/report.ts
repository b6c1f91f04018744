import type { TrainingMetrics } from '@rl-recsys/agent';
import type { Table } from '../run/table.js';
import type { RunFacts } from '../run/run-facts.js';
import { exampleSection, type ExampleUser } from './examples.js';
import { formatDuration } from '../terminal/duration.js';
import { formatCount, missing } from './format.js';
import { glossarySection } from './glossary.js';
import { Html, html } from './html.js';
import { learningSection } from './learning.js';
import { madeSection } from './made.js';
import { policiesOf } from './policies.js';
import { recommendingSection, rerankingSection } from './ranking.js';
import { sessionSection } from './sessions.js';
import { style } from './style.js';
import { verdictSection } from './verdict.js';

/** All that the report of a run shows. */
export interface ReportInput {
  /** The name of the run, such as synthetic-seed-1. */
  readonly name: string;
  /** How the run was set up; shown by name, nested values as JSON, null as a dash. */
  readonly options: Readonly<Record<string, unknown>>;
  /** How it was made, and of which data. */
  readonly facts: RunFacts;
  /** The lines of `metrics.jsonl` in their order; may be empty. */
  readonly metrics: readonly TrainingMetrics[];
  /** Policies in the order to show: what was trained is highlighted, the oracle is gray and never best. */
  readonly table: Table;
  /** Users to show what is recommended to. */
  readonly examples: readonly ExampleUser[];
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
          ${headline(run)} ${verdictSection(table)} ${sessionSection(table, policies)}
          ${recommendingSection(table, policies)} ${rerankingSection(table, policies)}
          ${exampleSection(run.examples)} ${learningSection(run.metrics)}
          ${madeSection(run.facts, run.options)} ${glossarySection()}
        </main>
      </body>
    </html> `;
  return page.text;
}

function headline({ name, facts: { dataset, seconds }, metrics }: ReportInput): Html {
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
