import type { ServerResponse } from 'node:http';
import { basename } from 'node:path';
import type { RunRecord } from '@rl-recsys/live-view';
import { findRuns } from './find-runs.js';
import { WatchedRun } from './watched-run.js';

/** Milliseconds between two looks at the files. */
const EVERY = 500;

/** Tells everybody who listens what is new of some runs, as server-sent events; whoever comes is told everything first. */
export class Broadcast {
  private readonly runs = new Map<string, WatchedRun>();
  private readonly damaged = new Set<string>();
  private readonly listeners = new Set<ServerResponse>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(private readonly folders: readonly string[]) {}

  /** Goes on until the other side leaves. */
  async join(response: ServerResponse, headers: Readonly<Record<string, string>>): Promise<void> {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    response.on('close', () => this.leave(response));
    await this.look(); // of which those are told who are here already
    if (response.closed) return;
    for (const run of this.runs.values()) tell([response], run.name, run.history());
    this.listeners.add(response);
    this.timer ??= setInterval(() => void this.look(), EVERY);
  }

  close(): void {
    clearInterval(this.timer);
    for (const listener of this.listeners) listener.end();
  }

  private leave(response: ServerResponse): void {
    this.listeners.delete(response);
    if (this.listeners.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** One look at a time. */
  private look(): Promise<void> {
    return (this.looking ??= this.tellWhatIsNew().finally(() => (this.looking = undefined)));
  }

  private async tellWhatIsNew(): Promise<void> {
    for (const folder of await findRuns(this.folders)) {
      if (this.runs.has(folder) || this.damaged.has(folder)) continue;
      const isTaken = [...this.runs.values()].some(({ name }) => name === basename(folder));
      this.runs.set(folder, new WatchedRun(folder, isTaken ? folder : basename(folder)));
    }
    for (const [folder, run] of this.runs) {
      try {
        tell(this.listeners, run.name, await run.look());
      } catch (error) {
        // A damaged file is no reason to show nothing of the others.
        console.error(`${folder}: ${(error as Error).message}`);
        this.runs.delete(folder);
        this.damaged.add(folder);
      }
    }
  }
}

function tell(listeners: Iterable<ServerResponse>, run: string, records: readonly RunRecord[]): void {
  const text = records.map((record) => `data: ${JSON.stringify({ run, record })}\n\n`).join('');
  if (text !== '') for (const listener of listeners) listener.write(text);
}
