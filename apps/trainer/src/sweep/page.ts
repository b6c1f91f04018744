import { html } from '../report/html.js';
import { renderPage } from '../report/page.js';
import type { SweepFile } from './sweep-file.js';
import { cellOf, rankedOf, type Tried } from './table.js';

/** A sweep as one HTML page that needs nothing but itself: no network, no script. The same input gives the same page. */
export function sweepPage(name: string, tried: readonly Tried[], sweep: SweepFile): string {
  const ranked = rankedOf(tried, sweep);
  const names = Object.keys(ranked[0]!.combination);
  const rounds = Math.max(...tried.map(({ round }) => round)) + 1;
  const trials = tried.reduce((sum, { outcomes }) => sum + outcomes.length, 0);
  return renderPage(
    `${name} · sweep`,
    html`<header>
        <p class="eyebrow">Sweep</p>
        <h1>${name}</h1>
        <p>
          ${ranked.length} combinations of options in ${trials} trainings of ${sweep.seeds.length} seeds,
          ranked by ${sweep.figure} in the last tenth of training (${sweep.goal === 'most' ? 'more' : 'less'}
          is better). ± is the deviation between seeds.
          ${rounds > 1 ? `In each of ${rounds} rounds the best went on, with more steps.` : ''}
        </p>
      </header>
      <div class="card scroll" role="region" aria-label="Combinations" tabindex="0">
        <table class="ranking">
          <thead>
            <tr>
              <th scope="col">Place</th>
              ${names.map((each) => html`<th scope="col">${each}</th>`)}
              <th scope="col">Round</th>
              <th scope="col">${sweep.figure}</th>
              <th scope="col">±</th>
            </tr>
          </thead>
          <tbody>
            ${ranked.map(
              ({ combination, round, mean, deviation }, place) =>
                html`<tr class="${place === 0 ? 'trained' : 'baseline'}">
                  <th scope="row">${place + 1}</th>
                  ${names.map((each) => html`<td>${cellOf(combination[each])}</td>`)}
                  <td>${round + 1}</td>
                  <td>${mean === null ? 'failed' : mean.toPrecision(5)}</td>
                  <td>${deviation === null ? '–' : deviation.toPrecision(3)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  );
}
