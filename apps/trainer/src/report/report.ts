import type { TrainingMetrics } from '@rl-recsys/agent';
import type { Table } from '../run/table.js';
import type { RunFacts } from '../run/run-facts.js';
import { exampleSection, type ExampleUser } from './examples.js';
import { formatDuration } from '../terminal/duration.js';
import { formatCount } from './format.js';
import { glossarySection } from './glossary.js';
import { html, type Html } from './html.js';
import { learningSection } from './learning.js';
import { madeSection } from './made.js';
import { policiesOf } from './policies.js';
import { recommendingSection, rerankingSection } from './ranking.js';
import { sessionSection } from './sessions.js';
import { header, lengthsOf, renderPage } from './page.js';
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
  return renderPage(
    `${run.name} · training report`,
    html`${headline(run)} ${verdictSection(table)} ${sessionSection(table, policies)}
    ${recommendingSection(table, policies)} ${rerankingSection(table, policies)}
    ${exampleSection(run.examples)} ${learningSection(run.metrics)} ${madeSection(run.facts, run.options)}
    ${glossarySection()}`,
  );
}

function headline({ name, facts: { dataset, seconds }, metrics }: ReportInput): Html {
  const { users, items, ratings } = dataset ?? { users: 0, items: 0, ratings: 0 };
  return header(
    name,
    `A recommender that learned by reinforcement (DRR), trained and evaluated on ${dataset?.name}.`,
    {
      ...{ Users: formatCount(users), Items: formatCount(items), Ratings: formatCount(ratings) },
      ...lengthsOf(metrics),
      Duration: formatDuration(seconds),
    },
  );
}
