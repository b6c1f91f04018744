import type { TrainingMetrics } from '@rl-recsys/agent';
import { drawCurve } from './charts.js';
import { formatCount, formatValue } from './format.js';
import { Html, html } from './html.js';
import { finiteOrNull } from '../run/columns.js';

/** A quantity of {@link TrainingMetrics} that gets a curve. */
interface Quantity {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly valueOf: (line: TrainingMetrics) => number | null | undefined;
}

/** What is known of the figures that our agents tell; others are shown by their names. */
const known: Readonly<Record<string, readonly [name: string, note: string]>> = {
  criticLoss: ['Critic loss', 'how far the predicted values are off'],
  actorLoss: ['Actor loss', '−Q(s, π(s)); lower means that more is expected'],
  epsilon: ['Exploration rate', 'share of random actions'],
};

/** The reward, then whatever the agent tells of itself. */
function quantitiesOf(metrics: readonly TrainingMetrics[]): Quantity[] {
  const told = [...new Set(metrics.flatMap(({ figures }) => Object.keys(figures)))];
  const order = [
    ...Object.keys(known).filter((key) => told.includes(key)),
    ...told.filter((key) => !known[key]),
  ];
  return [
    {
      key: 'reward',
      name: 'Mean reward',
      note: 'of a step; higher is better',
      valueOf: ({ reward }) => reward,
    },
    ...order.map((key) => {
      const [name, note] = known[key] ?? [key, 'as the agent tells it'];
      return { key, name, note, valueOf: ({ figures }: TrainingMetrics) => figures[key] };
    }),
  ];
}

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
    <p>Each point is a mean since the point before.</p>
    <div class="charts">${quantitiesOf(metrics).map((quantity) => learningChart(metrics, quantity))}</div>
  </section>`;
}

function learningChart(metrics: readonly TrainingMetrics[], { key, name, note, valueOf }: Quantity): Html {
  const points = metrics.map((line) => ({ step: line.step, value: finiteOrNull(valueOf(line)) }));
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
