import { histogramOf, type Histogram, type TrainingMetrics } from '@rl-recsys/metrics';
import {
  savedArray,
  savedCount,
  savedNumber,
  savedRecord,
  type Savable,
  type SavedState,
} from '@rl-recsys/random';
import type { Figures, Inspection } from './agent.js';
import type { EpisodeSummary, TrainingState } from './sessions.js';

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
  private lastSeconds = 0;

  /** @param lines - how many lines there are to be, about. */
  constructor({ steps, lines }: { readonly steps: number; readonly lines: number }) {
    this.every = Math.ceil(steps / lines);
  }

  earned(reward: number): void {
    this.reward.add(reward);
  }

  /** What each step of a round earned. */
  played(round: readonly { readonly reward: number }[]): void {
    for (const { reward } of round) this.earned(reward);
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

  /**
   * The line that is due now, if one is; the means begin anew.
   *
   * @param inspect - looks at the agent, where it can be looked at.
   */
  line(
    { step, episodes }: Pick<TrainingState<unknown>, 'step' | 'episodes'>,
    isLast: boolean,
    inspect?: () => Inspection,
  ): TrainingMetrics | undefined {
    if (!isLast && step - this.lastLine < this.every) return undefined;
    const seconds = this.seconds();
    const stepsPerSecond = (step - this.lastLine) / (seconds - this.lastSeconds);
    this.lastLine = step;
    this.lastSeconds = seconds;
    const { figures, samples } = inspect?.() ?? { figures: {}, samples: {} };
    this.told(figures);
    return {
      ...{ step, episodes },
      reward: this.reward.take() ?? 0,
      episodeReturn: this.episodeReturn.take(),
      episodeLength: this.episodeLength.take(),
      figures: Object.fromEntries(Array.from(this.figures, ([name, mean]) => [name, mean.take()])),
      histograms: histogramsOf(samples),
      ...{ seconds, stepsPerSecond },
    };
  }

  /** What the next line will tell of, and how long training took. */
  state(): SavedState {
    return {
      ...{ lastLine: this.lastLine, seconds: this.seconds(), lastSeconds: this.lastSeconds },
      means: this.means().map((mean) => mean.state()),
      figures: Object.fromEntries(Array.from(this.figures, ([name, mean]) => [name, mean.state()])),
    };
  }

  restore(state: SavedState): void {
    const saved = savedRecord(state, 'monitor', ['lastLine', 'seconds', 'lastSeconds', 'means', 'figures']);
    const [means, names] = [
      saved.means as readonly SavedState[],
      Object.keys(savedRecord(saved.figures, 'figures', [])),
    ];
    this.lastLine = savedCount(saved.lastLine, 'monitor.lastLine');
    // The time in which nothing was done does not count.
    const seconds = savedNumber(saved.seconds, 'monitor.seconds');
    this.startedAt = performance.now() - 1000 * seconds;
    this.lastSeconds = savedNumber(saved.lastSeconds, 'monitor.lastSeconds');
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

function histogramsOf(samples: Inspection['samples']): Record<string, Histogram> {
  return Object.fromEntries(
    Object.entries(samples).flatMap(([name, values]) => {
      const histogram = histogramOf(values);
      return histogram ? [[name, histogram] as const] : [];
    }),
  );
}
