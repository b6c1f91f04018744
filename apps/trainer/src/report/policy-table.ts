import type { Column } from '../run/columns.js';
import { formatScore } from './format.js';
import { Html, html } from './html.js';
import type { Policy } from './policies.js';

/** A table of policies by some measures; the best of each measure is bold, the oracle aside. */
export interface PolicyTable {
  readonly label: string;
  readonly policies: readonly Policy[];
  readonly columns: readonly Column[];
  /** How a value is written (default: in four digits). */
  readonly format?: (value: number | null) => string;
}

export function policyTable({ label, policies, columns, format = formatScore }: PolicyTable): Html {
  // As it is printed: of two that look equal, not one is bold and the other not.
  const best = columns.map(({ valueOf }) => {
    const values = policies
      .filter(({ row }) => row.role !== 'oracle')
      .flatMap(({ row }) => valueOf(row) ?? []);
    return values.length === 0 ? null : format(Math.max(...values));
  });
  return html`<div class="card scroll" role="region" aria-label="${label}" tabindex="0">
    <table class="ranking">
      <thead>
        <tr>
          <th scope="col">Policy</th>
          ${columns.map(({ heading }) => html`<th scope="col">${breakable(heading)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${policies.map(
          ({ row }) =>
            html`<tr class="${row.role}">
              <th scope="row">${row.policy}</th>
              ${columns.map(({ valueOf }, index) => {
                const text = format(valueOf(row));
                return row.role !== 'oracle' && text === best[index]
                  ? html`<td><strong>${text}</strong></td>`
                  : html`<td>${text}</td>`;
              })}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** NDCG@10 may go on below from the @, so that a table fits a phone. */
function breakable(heading: string): Html {
  const [measure, cutoff] = heading.split('@');
  return cutoff === undefined ? html`${heading}` : html`${measure!}<wbr />@${cutoff}`;
}
