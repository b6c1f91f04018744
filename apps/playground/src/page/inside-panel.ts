import { CurveChart, HistogramChart } from '@rl-recsys/live-view';
import { describeMetric, scalarsOf, type TrainingMetrics } from '@rl-recsys/metrics';
import { make, section } from './dom.js';

const GROUPS = ['Sessions', 'Losses', 'Values', 'Policy', 'Replay', 'Speed'];
const RUN = { name: 'this run', color: '--lv-run-2' };

/** Every figure that training tells, as curves, and priorities and TD errors as they spread now. */
export class InsidePanel {
  readonly element: HTMLElement;
  private readonly grid = make('div', { class: 'lv-grid' });
  private curves = new Map<string, CurveChart>();
  private histograms = new Map<string, HistogramChart>();
  private lines: TrainingMetrics[] = [];
  private frame = 0;

  constructor() {
    this.element = section('Inside the training', 'inside', this.grid);
    this.element.hidden = true;
    new ResizeObserver(() => this.curves.forEach((chart) => chart.resize())).observe(this.grid);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
      this.curves.forEach((chart) => chart.recolor()),
    );
  }

  clear(): void {
    this.lines = [];
    this.curves.forEach((chart) => chart.dispose());
    this.curves.clear();
    this.histograms.clear();
    this.grid.replaceChildren();
    this.element.hidden = true;
  }

  /** Shows lines with the next frame, however many come until then. */
  add(...lines: readonly TrainingMetrics[]): void {
    this.lines.push(...lines);
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.frame = 0;
    const newest = this.lines.at(-1);
    if (!newest) return;
    this.element.hidden = false;
    const scalars = this.lines.map(scalarsOf);
    const steps = this.lines.map(({ step }) => step);
    for (const name of Object.keys(scalars.at(-1)!)) {
      const values = scalars.map((each) => each[name] ?? null);
      if (values.every((value) => value === null)) continue;
      let chart = this.curves.get(name);
      if (!chart) {
        this.curves.set(name, (chart = new CurveChart(name)));
        this.place(name, chart.element);
      }
      chart.draw([RUN], { steps, values: [values] });
    }
    for (const [name, histogram] of Object.entries(newest.histograms)) {
      let chart = this.histograms.get(name);
      if (!chart) {
        this.histograms.set(name, (chart = new HistogramChart(name)));
        this.place(name, chart.element);
      }
      chart.draw(histogram);
    }
  }

  /** Beside those of its group, whenever it comes. */
  private place(name: string, element: HTMLElement): void {
    const groupOf = (each: string) => GROUPS.indexOf(describeMetric(each).group);
    const after = Array.from(this.grid.children).find(
      (each) => groupOf((each as HTMLElement).dataset['metric']!) > groupOf(name),
    );
    this.grid.insertBefore(element, after ?? null);
  }
}
