export { metricsCsv } from './csv.js';
export { describeMetric, metricNames, type MetricDescription, type MetricGroup } from './describe-metric.js';
export { histogramOf } from './histogram.js';
export { jsonLine, JsonLines } from './json-lines.js';
export type { Histogram, SessionRecord, ShownInSession, TrainingMetrics } from './records.js';
export { familyOf, scalarsOf } from './scalars.js';
