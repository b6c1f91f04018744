import type { TrainingMetrics } from '@rl-recsys/agent';
import type { Returns } from '../run/returns.js';
import type { RunFacts } from '../run/run-facts.js';
import { formatDuration } from '../terminal/duration.js';
import { formatValue } from './format.js';
import { html, type Html } from './html.js';
import { learningSection } from './learning.js';
import { madeSection } from './made.js';
import { header, lengthsOf, renderPage } from './page.js';

/** All that the report of a run on an environment shows. */
export interface EnvironmentReportInput {
  readonly name: string;
  /** Which environment it learned. */
  readonly environment: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly facts: RunFacts;
  /** The lines of `metrics.jsonl` in their order; may be empty. */
  readonly metrics: readonly TrainingMetrics[];
  readonly returns: Returns;
}

/** The report of a run on an environment as one page: the same input gives the same page, byte for byte. */
export function renderEnvironmentReport(run: EnvironmentReportInput): string {
  const { name, environment, metrics, facts, returns } = run;
  const headline = header(
    name,
    `An agent that learned by reinforcement, trained and evaluated on ${environment}.`,
    {
      ...lengthsOf(metrics),
      Duration: formatDuration(facts.seconds),
    },
  );
  return renderPage(
    `${name} · training report`,
    html`${headline} ${verdict(returns)} ${returnsTable(returns)} ${learningSection(metrics)}
    ${madeSection(facts, run.options)}`,
  );
}

/** What was trained earns beside the best of all others, in plain words, also where that is less. */
function verdict({ rows, verdict: { agent, own, other, difference } }: Returns): Html {
  const { mean, low, high } = difference;
  const trained = rows.at(-1)!.agent;
  const outcome = low > 0 ? 'won' : high < 0 ? 'lost' : 'open';
  const words = {
    won: `An episode of ${trained} earns more than one of ${agent}.`,
    lost: `${trained} loses: an episode of ${agent} earns more.`,
    open: `Whether an episode of ${trained} earns more than one of ${agent} can’t be told: it may be chance.`,
  };
  const signed = (value: number) => (value < 0 ? '' : '+') + formatValue(value);
  return html`<section class="verdict">
    <h2>Verdict</h2>
    <div class="card ${outcome}">
      <p class="headline">${words[outcome]}</p>
      <p>
        Mean return: ${formatValue(own)} of ${trained}, ${formatValue(other)} of ${agent}; ${signed(mean)} (95
        %: ${signed(low)} to ${signed(high)}).
      </p>
    </div>
    <p>The interval is over the episodes of this one run; other seeds differ too.</p>
  </section>`;
}

function returnsTable({ episodes, rows }: Returns): Html {
  const headings = ['Mean', 'Deviation', 'Least', 'Most'];
  return html`<section>
    <h2>Returns</h2>
    <p>
      The sum of rewards of an episode, over ${episodes} episodes that begin alike for all: best actions,
      without exploration and without learning.
    </p>
    <div class="card scroll" role="region" aria-label="Returns" tabindex="0">
      <table class="ranking">
        <thead>
          <tr>
            <th scope="col">Agent</th>
            ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ agent, mean, deviation, least, most }, place) =>
              html`<tr class="${place === rows.length - 1 ? 'trained' : 'baseline'}">
                <th scope="row">${agent}</th>
                ${[mean, deviation, least, most].map((value) => html`<td>${formatValue(value)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
