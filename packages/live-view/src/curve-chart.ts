import { describeMetric, type MetricDescription } from '@rl-recsys/metrics';
import uPlot from 'uplot';
import { colorOf, make } from './dom.js';
import { formatCount, formatTick, formatValue } from './format.js';
import type { Series } from './series.js';

/** A run as a curve. */
export interface CurveRun {
  readonly name: string;
  /** The property of the style sheet that has its color. */
  readonly color: string;
  /** Whether it is what others are compared with, and drawn broken (default false). */
  readonly isReference?: boolean;
}

/** How a chart differs from that of a metric. */
export interface CurveChartOptions {
  /** What it is called and means (default: as `describeMetric` says of its name). */
  readonly description?: Omit<MetricDescription, 'group'>;
  /** Of the plot, in pixels (default 190). */
  readonly height?: number;
  /** What the curve is over, as it is called before its number (default `step`). */
  readonly step?: string;
}

const HEIGHT = 190;

/**
 * One number over environment steps, a curve for each run. The arrow keys go from point to point, and what is there is said below
 * it.
 */
export class CurveChart {
  readonly element: HTMLElement;
  private readonly place: HTMLElement;
  private readonly readout: HTMLElement;
  private plot: uPlot | undefined;
  private runs: readonly CurveRun[] = [];
  private series: Series = { steps: [], values: [] };
  private readonly title: string;
  private readonly height: number;
  private readonly step: string;

  /** @param name - of the metric. */
  constructor(
    name: string,
    { description = describeMetric(name), height = HEIGHT, step = 'step' }: CurveChartOptions = {},
  ) {
    const { title, formula, about } = description;
    this.title = title;
    this.height = height;
    this.step = step;
    this.place = make('div', { class: 'lv-plot', tabindex: '0', role: 'img' });
    this.readout = make('p', { class: 'lv-readout', 'aria-live': 'polite' });
    this.element = make(
      'figure',
      { class: 'lv-card', 'data-metric': name },
      make('figcaption', {}, title),
      this.place,
      this.readout,
      make('details', {}, make('summary', {}, 'What is this?'), make('p', {}, formula), make('p', {}, about)),
    );
    this.place.addEventListener('keydown', (event) => this.onKey(event));
  }

  /** Shows these curves in the place of those before. */
  draw(runs: readonly CurveRun[], series: Series): void {
    const isSame =
      runs.length === this.runs.length && runs.every(({ name }, at) => name === this.runs[at]!.name);
    this.runs = runs;
    this.series = series;
    const data = [series.steps, ...series.values] as unknown as uPlot.AlignedData;
    if (this.plot && isSame) this.plot.setData(data);
    else this.make(data);
    this.tell(series.steps.length - 1);
    this.place.setAttribute(
      'aria-label',
      `Curve of ${this.title.toLowerCase()}. ${this.readout.textContent ?? ''}`,
    );
  }

  /** Fits the chart into its place again. */
  resize(): void {
    this.plot?.setSize({ width: this.width(), height: this.height });
  }

  /** Draws it in the colors of the page as they are now. */
  recolor(): void {
    if (this.plot) this.make(this.plot.data);
  }

  /** Frees the plot; `draw` makes another. */
  dispose(): void {
    this.plot?.destroy();
    this.plot = undefined;
  }

  private make(data: uPlot.AlignedData): void {
    this.dispose();
    const soft = colorOf(this.element, '--lv-soft');
    const axis: uPlot.Axis = {
      stroke: soft,
      grid: { stroke: colorOf(this.element, '--lv-line'), width: 1 },
      ticks: { show: false },
      font: '12px system-ui, sans-serif',
    };
    const options: uPlot.Options = {
      ...{
        width: this.width(),
        height: this.height,
        legend: { show: false },
        scales: { x: { time: false } },
      },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      axes: [
        { ...axis, values: (_, ticks) => ticks.map(formatTick), space: 64, size: 32 },
        { ...axis, values: (_, ticks) => ticks.map(formatTick), size: 56 },
      ],
      series: [
        {},
        ...this.runs.map(({ color, isReference = false }) => ({
          ...{ stroke: colorOf(this.element, color), width: isReference ? 1.5 : 2.5, spanGaps: true },
          ...(isReference && { dash: [5, 5] }),
          points: { show: data[0].length === 1, size: 6 },
        })),
      ],
      hooks: { setCursor: [({ cursor }) => this.tell(cursor.idx ?? this.series.steps.length - 1)] },
    };
    this.plot = new uPlot(options, data, this.place);
  }

  private width(): number {
    return Math.max(160, this.place.clientWidth);
  }

  private onKey(event: KeyboardEvent): void {
    const { plot, series } = this;
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    const move = moves[event.key];
    if (!plot || move === undefined || series.steps.length === 0) return;
    event.preventDefault();
    const last = series.steps.length - 1;
    const next = Math.max(0, Math.min(last, (plot.cursor.idx ?? last) + move));
    const [left, top] = [plot.valToPos(series.steps[next]!, 'x'), plot.over.clientHeight / 2];
    plot.setCursor({ left, top });
  }

  /** Says what each run has at a point, or last had before it. */
  private tell(point: number): void {
    const { steps, values } = this.series;
    const step = steps[point];
    if (step === undefined) return this.readout.replaceChildren();
    const parts = this.runs.flatMap(({ name, color }, run) => {
      if (values[run]!.every((each) => each === null)) return []; // it has other curves
      const value = values[run]!.slice(0, point + 1)
        .filter((each) => each !== null)
        .at(-1);
      const swatch = make('span', { class: 'lv-swatch' });
      swatch.style.background = `var(${color})`;
      return make(
        'span',
        {},
        swatch,
        make('span', { class: 'lv-name' }, `${name} `),
        value == null ? '–' : formatValue(value),
      );
    });
    this.readout.replaceChildren(
      ...parts,
      make('span', { class: 'lv-step' }, `${this.step} ${formatCount(step)}`),
    );
  }
}
