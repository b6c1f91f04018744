import type { Column } from '../run/columns.js';
import type { Table } from '../run/table.js';
import { differenceSection } from './differences.js';
import { formatValue, missing } from './format.js';
import { Html, html } from './html.js';
import type { Policy } from './policies.js';
import { policyBars } from './policy-bars.js';

const reward: Column = { heading: 'Reward', valueOf: ({ session }) => session?.reward ?? null };
const items: Column = { heading: 'Items', valueOf: ({ session }) => session?.length ?? null };

/** What each policy's sessions are worth; nothing where there were no users to play with. */
export function sessionSection(table: Table, policies: readonly Policy[]): Html {
  const played = policies.filter(({ row }) => row.session);
  if (played.length === 0) return html``;
  const format = (value: number | null) => (value === null ? missing : formatValue(value));
  return html`<section>
    <h2>Sessions</h2>
    <p>
      What a session earns, and how many items are shown before the user leaves: means over users who were
      never trained on.
    </p>
    ${policyBars({ policies: played, columns: [reward, items], format })}
    ${differenceSection(table, ['session'])}
  </section>`;
}
