export { createLiveView, type LiveView } from './live-view.js';
export type { NamedSession, RunRecord } from './run-store.js';
