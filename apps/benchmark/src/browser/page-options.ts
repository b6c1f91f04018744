import type { LearnOptions } from '../contenders/learn-task.js';
import type { About } from '../harness/protocol.js';

/** What a page computes with. */
export interface PageOptions extends LearnOptions {
  readonly backend: 'wasm' | 'webgl' | 'webgpu';
  /** Whether the default variant learns; else the paper's. */
  readonly isDefault?: boolean;
}

/** What the page offers as `updatePage` to the process that drives it. */
export interface UpdatePage {
  /** Starts the backend, builds the agent and makes one update; rejects where one of them fails. */
  start(options: PageOptions): Promise<About>;
  /** Milliseconds of each of so many updates. */
  run(iterations: number): readonly number[];
}
