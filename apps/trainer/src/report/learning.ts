import type { TrainingMetrics } from '@rl-recsys/agent';
import { describeMetric, scalarsOf } from '@rl-recsys/metrics';
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

/** Every number that any line has a value of, with its formula. */
function quantitiesOf(metrics: readonly TrainingMetrics[]): Quantity[] {
  const names = new Set(metrics.flatMap((line) => Object.keys(scalarsOf(line))));
  return Array.from(names, (key) => {
    const { title, formula } = describeMetric(key);
    return { key, name: title, note: formula, valueOf: (line) => scalarsOf(line)[key] };
  });
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
    <p>
      Over environment steps. Each point is a mean since the point before, or a look at the networks there; N
      is the number of transitions in a batch.
    </p>
    <div class="charts">${quantitiesOf(metrics).map((quantity) => learningChart(metrics, quantity))}</div>
  </section>`;
}

function learningChart(metrics: readonly TrainingMetrics[], { key, name, note, valueOf }: Quantity): Html {
  const points = metrics.map((line) => ({ step: line.step, value: finiteOrNull(valueOf(line)) }));
  const description = describe(name, points);
  return html`<figure class="card">
    <figcaption>${name} <small>${note}</small></figcaption>
    ${
      description === null
        ? html`<p>No values in this run.</p>`
        : drawCurve({ id: key.replace(/[^\w-]/g, '-'), description, points })
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
