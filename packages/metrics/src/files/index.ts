export { AppendedFile } from './appended-file.js';
export { METRICS_FILE, MetricsFiles, SESSIONS_FILE, type MetricsFilesOptions } from './metrics-files.js';
export { readJsonLines } from './read-lines.js';
