import { drawBars } from './charts.js';
import { formatValue } from './format.js';
import { Html, html } from './html.js';
import { finiteOrNull } from './measures.js';
import type { Policy } from './policies.js';

/** What each policy's sessions are worth; nothing where there were no users to play with. */
export function sessionSection(policies: readonly Policy[]): Html {
  const played = policies.filter(({ row }) => row.session);
  if (played.length === 0) return html``;
  return html`<section>
    <h2>Sessions</h2>
    <p>
      What a session earns, and how many items are shown before the user leaves: means over users who were
      never trained on.
    </p>
    <div class="card scroll" role="region" aria-label="Session table" tabindex="0">
      <table class="ranking">
        <thead>
          <tr>
            <th scope="col">Policy</th>
            <th scope="col">Reward</th>
            <th scope="col">Items</th>
          </tr>
        </thead>
        <tbody>
          ${played.map(
            ({ row }) =>
              html`<tr class="${row.role}">
                <th scope="row">${row.policy}</th>
                <td>${formatValue(row.session!.reward)}</td>
                <td>${formatValue(row.session!.length)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <div class="charts">
      <figure class="card">
        <figcaption>Session reward</figcaption>
        ${drawBars({
          id: 'sessions',
          description: `Bars of the session reward of ${played.length} policies; the table has the values.`,
          groups: ['reward'],
          series: played.map(({ row, color }) => ({
            color,
            values: [finiteOrNull(row.session!.reward)],
          })),
        })}
      </figure>
    </div>
  </section>`;
}
