import { columnsOf, type Ranked } from '../run/columns.js';
import { nothingCompared } from '../run/nothing-compared.js';
import type { Table } from '../run/table.js';
import { whoCounts } from '../run/who-counts.js';
import { differenceSection } from './differences.js';
import { Html, html } from './html.js';
import type { Policy } from './policies.js';
import { policyBars } from './policy-bars.js';
import { policyTable } from './policy-table.js';

/** The main table: how well each policy ranks the whole catalogue, and what to use instead where others do better. */
export function recommendingSection(table: Table, policies: readonly Policy[]): Html {
  const { compared: columns } = columnsOf(table, 'fullRanking');
  const isOf = (...names: string[]) =>
    columns.filter(({ heading }) => names.includes(heading.split('@')[0]!));
  // Beside the limit, which is near 1, the bars of all others would be too low to tell apart.
  const drawn = policies.filter(({ row }) => row.role !== 'oracle');
  const label = 'Recommending';
  return html`<section>
    <h2>Recommending</h2>
    <p>
      How well each policy recommends from the whole catalogue, without what users had rated before:
      ${whoCounts(table, 'fullRanking')}. Best value of each column bold, the oracle aside.
    </p>
    ${table.advice.map((sentence) => html`<p class="advice">${sentence}</p>`)}
    ${leftOut(table, 'fullRanking')}${columns.length > 0 ? policyTable({ label, policies, columns }) : ''}
    ${policyBars({ policies: drawn, columns: isOf('NDCG', 'hit rate') })}
    ${differenceSection(table, ['fullRanking'])}
  </section>`;
}

/** How well each policy orders what users rated later. */
export function rerankingSection(table: Table, policies: readonly Policy[]): Html {
  const { compared: columns } = columnsOf(table, 'reranking');
  return html`<section>
    <h2>Re-ranking</h2>
    <p>How well each policy orders what a user rated later: ${whoCounts(table, 'reranking')}.</p>
    ${leftOut(table, 'reranking')}${columns.length > 0 ? policyTable({ label: 'Re-ranking', policies, columns }) : ''}
    ${differenceSection(table, ['reranking'])}
  </section>`;
}

/** What is not shown because it compares nothing, and why. */
function leftOut(table: Table, part: Ranked): Html {
  const sentence = nothingCompared(table, part);
  return sentence === undefined ? html`` : html`<p>${sentence}</p>`;
}
