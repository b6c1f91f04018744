export { createLiveView, type LiveView, type LiveViewOptions } from './live-view.js';
export { CurveChart, type CurveChartOptions, type CurveRun } from './curve-chart.js';
export { partBar, partLegend, widestSide, type PartValues } from './part-bars.js';
export { HistogramChart } from './histogram-chart.js';
export type { Series } from './series.js';
export { addStyle } from './style.js';
export type { NamedSession, RunRecord } from './run-store.js';
export { make } from './dom.js';
