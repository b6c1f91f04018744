import { describeMetric, type Histogram } from '@rl-recsys/metrics';
import { make } from './dom.js';
import { formatCount, formatValue } from './format.js';

/** How values spread at the newest line of one run. */
export class HistogramChart {
  readonly element: HTMLElement;
  private readonly bars: HTMLElement;
  private readonly ends: HTMLElement;

  /** @param name - of the metric. */
  constructor(private readonly name: string) {
    const { title, formula, about } = describeMetric(name);
    this.bars = make('div', { class: 'lv-bars', role: 'img' });
    this.ends = make('p', { class: 'lv-ends' });
    this.element = make(
      'figure',
      { class: 'lv-card', 'data-metric': name },
      make('figcaption', {}, title),
      this.bars,
      this.ends,
      make('details', {}, make('summary', {}, 'What is this?'), make('p', {}, formula), make('p', {}, about)),
    );
  }

  /** Shows this one in the place of that before. */
  draw({ low, high, counts }: Histogram): void {
    const most = Math.max(...counts);
    const bars = counts.map((count) => {
      const bar = make('span');
      // What is there at all can be seen beside the highest bar.
      bar.style.height = count === 0 ? '0' : `max(2px, ${(100 * count) / most}%)`;
      return bar;
    });
    this.bars.replaceChildren(...bars);
    const total = formatCount(counts.reduce((sum, count) => sum + count, 0));
    this.ends.replaceChildren(
      make('span', {}, formatValue(low)),
      make('span', {}, `${total} values`),
      make('span', {}, formatValue(high)),
    );
    this.bars.setAttribute(
      'aria-label',
      `Histogram of ${describeMetric(this.name).title}: ${total} values from ${formatValue(low)} to ${formatValue(high)}.`,
    );
  }
}
