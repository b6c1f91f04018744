import type { DroppedFile, News } from '../messages.js';
import type { KeptRun, KeptRuns } from './kept.js';

/** Keeps what a run was and is. What can't be kept is told of once; it is tried again with the next, and told of again once it is kept. */
export class Keeper {
  private hasFailed = false;

  constructor(
    private readonly runs: KeptRuns,
    private readonly tell: (news: News) => void,
  ) {}

  async keep(run: KeptRun, step: number): Promise<void> {
    // A run without the ratings that it learned from could not go on.
    if (run.plan.world === 'file' && run.file === undefined) return;
    const isKept = await this.attempt(() => this.runs.keep(run, step));
    if (isKept) this.tell({ kind: 'kept', step, at: Date.now() });
  }

  /** The record in which a file is kept; undefined where it is not. */
  async keepFile(file: DroppedFile): Promise<string | undefined> {
    let record: string | undefined;
    await this.attempt(async () => (record = await this.runs.keepFile(file)));
    return record;
  }

  private async attempt(keep: () => Promise<unknown>): Promise<boolean> {
    try {
      await keep();
      this.hasFailed = false;
      return true;
    } catch (error) {
      if (!this.hasFailed)
        this.tell({ kind: 'problem', problem: { about: 'storage', text: reasonOf(error) } });
      this.hasFailed = true;
      return false;
    }
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const isFull = [error, cause].some((each) => (each as Error | undefined)?.name === 'QuotaExceededError');
  const why = isFull
    ? 'The browser has no room left for this page'
    : `The run could not be kept (${message})`;
  return `${why}: training goes on, but ends with the tab. Free some room, and it is kept within seconds; or download the recommender.`;
}
