import type { Table, Verdict } from '../run/table.js';
import { Html, html } from './html.js';

/** What was trained is worth beside the best of all others, in plain words, also where it loses. */
export function verdictSection(table: Table): Html {
  if (table.verdicts.length === 0) {
    return html`<section class="verdict">
      <h2>Verdict</h2>
      <p>Nothing could be compared: no policy did better than another.</p>
    </section>`;
  }
  const trained = table.rows.find(({ role }) => role === 'trained')!.policy;
  return html`<section class="verdict">
    <h2>Verdict</h2>
    ${table.verdicts.map((verdict) => {
      const outcome = outcomeOf(verdict);
      return html`<div class="card ${outcome}">
        <p class="headline">${headline(verdict, outcome, trained)}</p>
        <p>${detail(verdict, trained, table.fullRanking.cutoff)}</p>
      </div>`;
    })}
    <p>
      ${trained} is compared with the best of all others, chosen by these very figures, which is in that one’s
      favour. Intervals are 95 % over users of this one run; other seeds differ too.
    </p>
  </section>`;
}

type Outcome = 'won' | 'lost' | 'open';

function outcomeOf({ difference: { low, high } }: Verdict): Outcome {
  if (low > 0) return 'won';
  return high < 0 ? 'lost' : 'open';
}

function headline({ of, policy, own, other }: Verdict, outcome: Outcome, trained: string): string {
  const share = other > 0 && own > 0 ? Math.round(100 * Math.abs(own / other - 1)) : 0;
  const much = share >= 1 ? ` ${share} %` : '';
  if (of === 'session') {
    if (outcome === 'won') return `A session with ${trained} earns${much} more than one with ${policy}.`;
    if (outcome === 'lost') return `${trained} loses: a session with ${policy} earns more. Use ${policy}.`;
    return `Whether a session with ${trained} earns more than one with ${policy} can’t be told: it may be chance.`;
  }
  if (outcome === 'won')
    return `For lists from the whole catalogue ${trained} ranks${much} better than ${policy}.`;
  if (outcome === 'lost')
    return `For lists from the whole catalogue ${trained} loses: ${policy} ranks better. Use ${policy} there.`;
  return `Whether ${trained} ranks the whole catalogue better than ${policy} can’t be told: it may be chance.`;
}

function detail({ of, policy, own, other, difference }: Verdict, trained: string, cutoff: number): string {
  const measure = of === 'session' ? 'Reward of a session' : `NDCG@${cutoff}`;
  const digits = of === 'session' ? 2 : 4;
  const signed = (value: number) => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(digits);
  const { mean, low, high } = difference;
  const [mine, theirs] = [own, other].map((value) => value.toFixed(digits).replace('-', '−'));
  return `${measure}: ${mine} of ${trained}, ${theirs} of ${policy}; ${signed(mean)} (95 %: ${signed(low)} to ${signed(high)}).`;
}
