import { differenceTable } from '../run/difference-table.js';
import type { Difference, Table } from '../run/table.js';
import { Html, html } from './html.js';

/** What was trained less what it must beat, of some parts of the table; nothing where nobody counts. */
export function differenceSection(table: Table, parts: readonly Difference['of'][]): Html {
  const differences = table.differences.filter(({ of }) => parts.includes(of));
  if (differences.length === 0) return html``;
  const { head, rows } = differenceTable(table, differences);
  return html`<div
    class="card scroll"
    role="region"
    aria-label="Differences in ${parts.join(', ')}"
    tabindex="0"
  >
    <table class="differences">
      <thead>
        <tr>
          ${head.map((text) => html`<th scope="col">${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([rival, ...cells]) =>
            html`<tr>
              <th scope="row">${rival!}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
