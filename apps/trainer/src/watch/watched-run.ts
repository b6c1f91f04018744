import { join } from 'node:path';
import type { TrainingMetrics } from '@rl-recsys/agent';
import type { NamedSession, RunRecord } from '@rl-recsys/live-view';
import { METRICS_FILE, SESSIONS_FILE } from '@rl-recsys/metrics/files';
import { Tail } from './tail.js';

/** One run whose files are followed, while it goes on and afterwards. */
export class WatchedRun {
  private readonly metrics = new Tail<TrainingMetrics>();
  private readonly sessions = new Tail<NamedSession>();
  private lines: RunRecord[] = [];
  private session: RunRecord | undefined;

  /** @param name - what a page calls it. */
  constructor(
    private readonly folder: string,
    readonly name: string,
  ) {}

  /** Everything that somebody must be told who has just come. */
  history(): readonly RunRecord[] {
    return [{ kind: 'reset' }, ...this.lines, ...(this.session ? [this.session] : [])];
  }

  /** What is new since the last look. */
  async look(): Promise<readonly RunRecord[]> {
    const metrics = await this.metrics.look(join(this.folder, METRICS_FILE));
    const sessions = await this.sessions.look(join(this.folder, SESSIONS_FILE));
    if (metrics.isAnother) {
      this.lines = [];
      this.session = undefined;
    }
    const lines = metrics.records.map((line): RunRecord => ({ kind: 'metrics', line }));
    this.lines.push(...lines);
    const session = sessions.records.at(-1);
    if (session) this.session = { kind: 'session', session };
    return [
      ...(metrics.isAnother ? [{ kind: 'reset' } as const] : []),
      ...lines,
      ...(session && this.session ? [this.session] : []),
    ];
  }
}
