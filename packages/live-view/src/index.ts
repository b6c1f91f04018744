export { createLiveView, type LiveView, type LiveViewOptions } from './live-view.js';
export type { NamedSession, RunRecord } from './run-store.js';
