import {
  savedArray,
  savedCount,
  savedNumber,
  savedRecord,
  type Savable,
  type SavedState,
} from '@rl-recsys/random';
import type { Figures } from './agent.js';
import type { EpisodeSummary, TrainingState } from './sessions.js';

/** How training stands: a line of figures, about a hundred times in a run. */
export interface TrainingMetrics {
  /** Environment steps so far. */
  readonly step: number;
  /** Episodes that ended so far. */
  readonly episodes: number;
  /** Mean reward of a step since the last line. */
  readonly reward: number;
  /** Mean return, the sum of rewards, of the episodes that ended since the last line; null where none did. */
  readonly episodeReturn: number | null;
  /** Their mean length in steps. */
  readonly episodeLength: number | null;
  /** The mean of each figure of the agent since the last line; null where it told none. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** Seconds since training began, without those between a stop and its going on. */
  readonly seconds: number;
}

/** A mean that is told its values one by one. */
class Mean implements Savable {
  private sum = 0;
  private count = 0;

  add(value: number): void {
    this.sum += value;
    this.count += 1;
  }

  /** The mean since it was taken last; null where there was no value. */
  take(): number | null {
    const mean = this.count === 0 ? null : this.sum / this.count;
    this.sum = this.count = 0;
    return mean;
  }

  state(): SavedState {
    return Float64Array.of(this.sum, this.count);
  }

  restore(state: SavedState): void {
    const [sum, count] = savedArray(state, 'mean', Float64Array, 2);
    this.sum = sum!;
    this.count = count!;
  }
}

/** Gathers what happens between two lines of metrics; training does not depend on it. */
export class TrainingMonitor implements Savable {
  private startedAt = performance.now();
  private readonly every: number;
  private readonly reward = new Mean();
  private readonly episodeReturn = new Mean();
  private readonly episodeLength = new Mean();
  private readonly figures = new Map<string, Mean>();
  private lastLine = 0;

  /** @param lines - how many lines there are to be, about. */
  constructor({ steps, lines }: { readonly steps: number; readonly lines: number }) {
    this.every = Math.ceil(steps / lines);
  }

  earned(reward: number): void {
    this.reward.add(reward);
  }

  ended(episode: EpisodeSummary): void {
    this.episodeReturn.add(episode.return);
    this.episodeLength.add(episode.length);
  }

  told(figures: Figures): void {
    for (const name of Object.keys(figures)) {
      let mean = this.figures.get(name);
      if (!mean) this.figures.set(name, (mean = new Mean()));
      const value = figures[name];
      if (value !== undefined) mean.add(value);
    }
  }

  /** The line that is due now, if one is; the means begin anew. */
  line({ step, episodes }: TrainingState<unknown>, isLast: boolean): TrainingMetrics | undefined {
    if (!isLast && step - this.lastLine < this.every) return undefined;
    this.lastLine = step;
    return {
      ...{ step, episodes },
      reward: this.reward.take() ?? 0,
      episodeReturn: this.episodeReturn.take(),
      episodeLength: this.episodeLength.take(),
      figures: Object.fromEntries(Array.from(this.figures, ([name, mean]) => [name, mean.take()])),
      seconds: this.seconds(),
    };
  }

  /** What the next line will tell of, and how long training took. */
  state(): SavedState {
    return {
      ...{ lastLine: this.lastLine, seconds: this.seconds() },
      means: this.means().map((mean) => mean.state()),
      figures: Object.fromEntries(Array.from(this.figures, ([name, mean]) => [name, mean.state()])),
    };
  }

  restore(state: SavedState): void {
    const saved = savedRecord(state, 'monitor', ['lastLine', 'seconds', 'means', 'figures']);
    const [means, names] = [
      saved.means as readonly SavedState[],
      Object.keys(savedRecord(saved.figures, 'figures', [])),
    ];
    this.lastLine = savedCount(saved.lastLine, 'monitor.lastLine');
    // The time in which nothing was done does not count.
    this.startedAt = performance.now() - 1000 * savedNumber(saved.seconds, 'monitor.seconds');
    for (const [place, mean] of this.means().entries()) mean.restore(means[place]!);
    this.figures.clear();
    for (const name of names) {
      const mean = new Mean();
      mean.restore((saved.figures as Record<string, SavedState>)[name]!);
      this.figures.set(name, mean);
    }
  }

  private means(): readonly Mean[] {
    return [this.reward, this.episodeReturn, this.episodeLength];
  }

  private seconds(): number {
    return (performance.now() - this.startedAt) / 1000;
  }
}
