import type { Column } from '../run/columns.js';
import { formatScore } from './format.js';
import { Html, html } from './html.js';
import type { Policy } from './policies.js';

/** Some measures of policies as bars. */
export interface PolicyBars {
  readonly policies: readonly Policy[];
  readonly columns: readonly Column[];
  /** How a value is written (default: in four digits). */
  readonly format?: (value: number | null) => string;
}

/** A list of bars for each measure, each bar with its name and value beside it; nothing of no measure. */
export function policyBars({ policies, columns, format = formatScore }: PolicyBars): Html {
  if (columns.length === 0) return html``;
  return html`<div class="charts">
    ${columns.map(({ heading, valueOf }) => {
      const values = policies.map(({ row }) => valueOf(row));
      const most = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
      return html`<figure class="card">
        <figcaption>${heading}</figcaption>
        <ul class="bars">
          ${policies.map(
            ({ row, color }, place) =>
              html`<li class="${row.role}">
                <span class="name">${row.policy}</span>
                ${bar(values[place]!, most, color)}
                <span class="value">${format(values[place]!)}</span>
              </li>`,
          )}
        </ul>
      </figure>`;
    })}
  </div>`;
}

/** As long as its value beside the largest; hatched below 0. */
function bar(value: number | null, most: number, color: string): Html {
  const share = value === null || most === 0 ? 0 : (100 * Math.abs(value)) / most;
  const side = value !== null && value < 0 ? ' negative' : '';
  return html`<span class="track"
    ><span class="bar${side}" style="width: ${share.toFixed(1)}%; --color: ${color}"></span
  ></span>`;
}
