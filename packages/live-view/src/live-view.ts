/// <reference lib="dom" preserve="true" />
import { describeMetric, type MetricGroup } from '@rl-recsys/metrics';
import { Controls } from './controls.js';
import { CurveChart } from './curve-chart.js';
import { make } from './dom.js';
import { HistogramChart } from './histogram-chart.js';
import { RunStore, type RunRecord } from './run-store.js';
import { seriesOf } from './series.js';
import { sessionPanel } from './session-panel.js';
import { addStyle } from './style.js';

/** A view of training in a page, which is told of it record by record. */
export interface LiveView {
  /** Shows a record with the next frame, however many come until then. */
  add(run: string, record: RunRecord): void;
  /** Says how things stand, such as that a server is gone. */
  say(status: string): void;
  /** Takes the view out of the page. */
  dispose(): void;
}

/** What a {@link LiveView} is of. */
export interface LiveViewOptions {
  /** What curves are over, as it is called before its number (default `step`). */
  readonly step?: string;
}

/** The parts of the page in their order, and what is in each. */
const parts: Readonly<Record<string, readonly MetricGroup[]>> = {
  Sessions: ['Sessions'],
  'Values and losses': ['Values', 'Losses'],
  Policy: ['Policy'],
  'Replay and speed': ['Replay', 'Speed'],
};

/**
 * Makes a view below an element, empty until it is told of a run: curves of all runs over one another, and of one of them the newest
 * session and histograms. It follows the page into dark mode, and everything in it can be reached by keyboard.
 */
export function createLiveView(parent: HTMLElement, { step = 'step' }: LiveViewOptions = {}): LiveView {
  const store = new RunStore();
  const charts = new Map<string, CurveChart>();
  const histograms = new Map<string, HistogramChart>();
  const sections = Object.entries(parts).map(([heading, groups]) => ({ groups, ...sectionOf(heading) }));
  const session = sectionOf('One session');
  const controls = new Controls(() => refresh());
  const root = make(
    'div',
    { class: 'lv' },
    controls.element,
    ...[sections[0]!, session, ...sections.slice(1)].map(({ section }) => section),
  );
  const removeStyle = addStyle(parent);
  parent.append(root);

  let frame = 0;
  function refresh(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  function draw(): void {
    frame = 0;
    controls.offer(store.names(), store.hasDetails());
    drawCurves();
    drawOneRun();
  }

  function drawCurves(): void {
    const runs = controls.shown();
    const lines = runs.map(({ name }) => store.of(name).lines);
    for (const name of store.scalarNames()) {
      let chart = charts.get(name);
      if (!chart) {
        charts.set(name, (chart = new CurveChart(name, { step })));
        place(name, chart.element);
      }
      chart.draw(runs, seriesOf(name, lines, controls.smoothing));
    }
  }

  function place(name: string, chart: HTMLElement): void {
    const { group } = describeMetric(name);
    const { section, grid } = sections.find(({ groups }) => groups.includes(group))!;
    section.hidden = false;
    grid.append(chart);
  }

  function drawOneRun(): void {
    const run = store.of(controls.chosen() ?? '');
    if (!controls.isHeld || session.section.hidden) {
      session.section.hidden = run.session === undefined;
      session.grid.replaceChildren(...(run.session ? [sessionPanel(run.session)] : []));
    }
    const newest = run.lines.at(-1)?.histograms ?? {};
    for (const [name, histogram] of Object.entries(newest)) {
      let chart = histograms.get(name);
      if (!chart) {
        histograms.set(name, (chart = new HistogramChart(name)));
        place(name, chart.element);
      }
      chart.draw(histogram);
    }
    for (const [name, chart] of histograms) chart.element.hidden = !(name in newest);
  }

  const resized = new ResizeObserver(() => charts.forEach((chart) => chart.resize()));
  resized.observe(root);
  const darkness = matchMedia('(prefers-color-scheme: dark)');
  const recolor = () => charts.forEach((chart) => chart.recolor());
  darkness.addEventListener('change', recolor);

  return {
    add(run, record) {
      store.add(run, record);
      refresh();
    },
    say: (status) => controls.say(status),
    dispose() {
      cancelAnimationFrame(frame);
      resized.disconnect();
      darkness.removeEventListener('change', recolor);
      charts.forEach((chart) => chart.dispose());
      root.remove();
      removeStyle();
    },
  };
}

/** A part of the page with its heading, hidden until there is something in it. */
function sectionOf(heading: string): { readonly section: HTMLElement; readonly grid: HTMLElement } {
  const grid = make('div', { class: 'lv-grid' });
  const section = make('section', { 'aria-label': heading }, make('h2', {}, heading), grid);
  section.hidden = true;
  return { section, grid };
}
