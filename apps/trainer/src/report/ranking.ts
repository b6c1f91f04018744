import { drawBars } from './charts.js';
import { formatScore } from './format.js';
import { Html, html } from './html.js';
import { cutoffs, measures, scoreOf, type Measure } from './measures.js';
import type { Policy } from './policies.js';

/** How well each policy ranks: the table, and the same as bars. */
export function rankingSection(policies: readonly Policy[]): Html {
  if (policies.length === 0) {
    return html`<section>
      <h2>Ranking</h2>
      <p>No policy was evaluated.</p>
    </section>`;
  }
  return html`<section>
    <h2>Ranking</h2>
    <p>
      How well each policy orders what users rated later. Best value of each column bold, the oracle aside.
    </p>
    ${rankingTable(policies)}
    <ul class="legend">
      ${policies.map(
        ({ row, color }) =>
          html`<li><span class="swatch" style="background: ${color}"></span>${row.policy}</li>`,
      )}
    </ul>
    <div class="charts">${measures.map((measure) => rankingChart(policies, measure))}</div>
  </section>`;
}

interface Column {
  readonly measure: Measure;
  readonly cutoff: number;
  /** The best value as it is printed: of two that look equal, not one is bold and the other not. */
  readonly best: string | null;
}

function rankingTable(policies: readonly Policy[]): Html {
  const columns = measures.flatMap((measure) =>
    cutoffs.map((cutoff) => ({ measure, cutoff, best: bestOf(policies, measure, cutoff) })),
  );
  return html`<div class="card scroll" role="region" aria-label="Ranking table" tabindex="0">
    <table class="ranking">
      <thead>
        <tr>
          <th scope="col">Policy</th>
          ${columns.map(({ measure, cutoff }) => html`<th scope="col">${headingOf(measure, cutoff)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${policies.map(
          (policy) =>
            html`<tr class="${policy.row.role}">
              <th scope="row">${policy.row.policy}</th>
              ${columns.map((column) => rankingCell(policy, column))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function rankingCell({ row }: Policy, { measure, cutoff, best }: Column): Html {
  const text = formatScore(scoreOf(row, measure, cutoff));
  return row.role !== 'oracle' && text === best
    ? html`<td><strong>${text}</strong></td>`
    : html`<td>${text}</td>`;
}

function bestOf(policies: readonly Policy[], measure: Measure, cutoff: number): string | null {
  const scores = policies
    .filter(({ row }) => row.role !== 'oracle')
    .map(({ row }) => scoreOf(row, measure, cutoff))
    .filter((score) => score !== null);
  return scores.length === 0 ? null : formatScore(Math.max(...scores));
}

function headingOf(measure: Measure, cutoff: number): string {
  return `${measure.short}@${cutoff}`;
}

function rankingChart(policies: readonly Policy[], measure: Measure): Html {
  const chart = drawBars({
    id: measure.key,
    description: `Grouped bars of ${measure.name} at ${cutoffs.join(', ')} of ${policies.length} policies; the table has the values.`,
    groups: cutoffs.map((cutoff) => headingOf(measure, cutoff)),
    series: policies.map(({ row, color }) => ({
      color,
      values: cutoffs.map((cutoff) => scoreOf(row, measure, cutoff)),
    })),
  });
  return html`<figure class="card">
    <figcaption>${measure.name}</figcaption>
    ${chart}
  </figure>`;
}
