import type { TrainingMetrics } from '../metrics.js';
import { drawCurve } from './charts.js';
import { formatCount, formatValue } from './format.js';
import { Html, html } from './html.js';
import { finiteOrNull } from './measures.js';

/** A quantity of {@link TrainingMetrics} that gets a curve. */
interface Quantity {
  readonly key: 'reward' | 'criticLoss' | 'actorLoss' | 'epsilon';
  readonly name: string;
  readonly note: string;
}

const quantities: readonly Quantity[] = [
  { key: 'reward', name: 'Mean reward', note: 'of a step; higher is better' },
  { key: 'criticLoss', name: 'Critic loss', note: 'how far the predicted values are off' },
  { key: 'actorLoss', name: 'Actor loss', note: '−Q(s, π(s)); lower means that more is expected' },
  { key: 'epsilon', name: 'Exploration rate', note: 'share of random actions' },
];

/** How training went: curves over environment steps. */
export function learningSection(metrics: readonly TrainingMetrics[]): Html {
  if (metrics.length === 0) {
    return html`<section>
      <h2>Learning</h2>
      <p>No metrics: the run ended before its first line of metrics was written.</p>
    </section>`;
  }
  return html`<section>
    <h2>Learning</h2>
    <p>Each point is a mean since the point before; the exploration rate is what it was at that step.</p>
    <div class="charts">${quantities.map((quantity) => learningChart(metrics, quantity))}</div>
  </section>`;
}

function learningChart(metrics: readonly TrainingMetrics[], { key, name, note }: Quantity): Html {
  const points = metrics.map((line) => ({ step: line.step, value: finiteOrNull(line[key]) }));
  const description = describe(name, points);
  return html`<figure class="card">
    <figcaption>${name} <small>${note}</small></figcaption>
    ${
      description === null ? html`<p>No values in this run.</p>` : drawCurve({ id: key, description, points })
    }
  </figure>`;
}

/** The curve in words: where it begins and where it ends; null where it has no value at all. */
function describe(name: string, points: readonly { step: number; value: number | null }[]): string | null {
  const [first, ...rest] = points.flatMap(({ step, value }) =>
    value === null ? [] : [`${formatValue(value)} at step ${formatCount(step)}`],
  );
  if (first === undefined) return null;
  const last = rest.at(-1);
  return `Curve of ${name.toLowerCase()}: ${first}${last === undefined ? '' : ` to ${last}`}.`;
}
