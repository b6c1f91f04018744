import { partBar, partLegend, widestSide } from '@rl-recsys/live-view';
import type { Thought } from '../messages.js';
import { make } from './dom.js';
import { decimal } from './format.js';
import { itemLabel } from './item-label.js';

/** Why an item was shown: the alternatives with what made their scores and what is expected of each, and the gates. */
export function whyOf({ candidates, gates, residualSize }: Thought): HTMLElement {
  const parts = Object.keys(candidates[0]!.parts);
  const widest = widestSide(candidates.map((each) => each.parts));
  const highest = Math.max(...candidates.map(({ value }) => value));
  const rows = candidates.map((each, place) =>
    make(
      'tr',
      { 'data-item': each.name, 'data-score': String(each.score), ...(place === 0 && { class: 'pg-shown' }) },
      make('th', { scope: 'row' }, itemLabel(each)),
      make('td', { class: 'lv-made' }, partBar(each.parts, parts, widest)),
      make('td', { class: 'pg-number' }, decimal(each.score)),
      make(
        'td',
        { class: 'pg-number' },
        each.value === highest ? make('strong', {}, decimal(each.value)) : decimal(each.value),
      ),
    ),
  );
  const heads = ['shown, and what else it thought of', 'what made the score', 'score', 'Q'];
  return make(
    'div',
    { class: 'pg-why' },
    partLegend(parts),
    make(
      'table',
      {},
      make('thead', {}, make('tr', {}, ...heads.map((text) => make('th', { scope: 'col' }, text)))),
      make('tbody', {}, ...rows),
    ),
    make(
      'p',
      { class: 'lv-soft' },
      `Q is what it expects from here to the end, if that item is shown. Gates, what each block counts now: ${Object.entries(
        gates,
      )
        .map(([name, gate]) => `${name} ${decimal(gate)}`)
        .join(', ')}. Residual, what it adds beside them: ${decimal(residualSize)}.`,
    ),
  );
}
