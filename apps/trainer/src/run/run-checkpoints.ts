import { join } from 'node:path';
import type { EpisodeSummary, TrainingCheckpoints } from '@rl-recsys/agent';
import { Checkpoints, PeriodicCheckpoints } from '@rl-recsys/checkpoint';
import { savedArray, savedRecord, type SavedState } from '@rl-recsys/random';
import { checksumOf } from '@rl-recsys/storage';
import { folderStorage } from '@rl-recsys/storage/folder';
import type { RunOptions } from '../options/run-options.js';
import { CHECKPOINTS } from './sealed-folder.js';

/** How many of the newest are kept. */
const KEPT = 3;

/** Options that change nothing of what is learned. */
const WITHOUT_EFFECT = ['steps', 'runs', 'name', 'threads', 'checkpointMinutes', 'watch', 'tensorboard'];

/** All that a run is between two rounds of training. */
export interface RunState {
  /** What `train` of `@rl-recsys/agent` takes as `resume`. */
  readonly training: SavedState;
  /** Steps that it has made. */
  readonly step: number;
  readonly episodes: readonly EpisodeSummary[];
  /** Tells the data apart that it learns from. */
  readonly data: string;
}

/** The checkpoints of a run, in its folder. */
export class RunCheckpoints {
  private readonly checkpoints: Checkpoints;
  private readonly every: number;
  private readonly place: string;

  /** @param below - where they are below the folder, where each must be written: else one that can't be is said, and passed over. */
  constructor(
    folder: string,
    options: RunOptions,
    private readonly below?: string,
  ) {
    this.place = join(folder, below ?? CHECKPOINTS);
    const known = Object.entries(options).filter(([name]) => !WITHOUT_EFFECT.includes(name));
    const of = checksumOf(new TextEncoder().encode(JSON.stringify(known.sort())));
    this.checkpoints = new Checkpoints({ storage: folderStorage(this.place), of, keep: KEPT });
    this.every = options.checkpointMinutes * 60_000;
  }

  /** The newest that is whole; says what was passed over. */
  async find(): Promise<RunState | undefined> {
    const { checkpoint, passedOver } = await this.checkpoints.newest();
    for (const { why } of passedOver) console.error(`${this.place}: passed over, ${why}`);
    return checkpoint && { ...runStateOf(checkpoint.state), step: checkpoint.step };
  }

  /**
   * What training hands its state to, every so many minutes and at its end. Where one can't be written it is said, and training goes
   * on, since the older ones are there; or it is thrown, where each must be.
   *
   * @param beside - what a run has beside, which grows as it is trained.
   * @param score - how good what is saved now is, higher is better; null where nobody can tell yet.
   */
  saving(beside: Omit<RunState, 'training' | 'step'>, score: () => number | null): TrainingCheckpoints {
    const periodic = new PeriodicCheckpoints({
      ...{ checkpoints: this.checkpoints, every: this.every, score },
      onError: (error) => {
        if (this.below !== undefined) throw error;
        console.error(`${this.place}: ${error.message}`);
      },
    });
    return {
      isDue: () => periodic.isDue(),
      save: (training, step, isLast) => periodic.save(savedRun({ ...beside, training }), step, isLast),
    };
  }

  /** Removes all but the newest, from which the run can be made longer, and the one that earned most. */
  async keepNewestAndBest(): Promise<void> {
    await this.checkpoints.keepNewestAndBest();
  }
}

/** Episodes as four columns: a run may have a hundred thousand. */
function savedRun({ training, episodes, data }: Omit<RunState, 'step'>): SavedState {
  const columns = episodes.flatMap(({ step, session, return: sum, length }) => [step, session, sum, length]);
  return { training, data, episodes: Float64Array.from(columns) };
}

function runStateOf(state: SavedState): Omit<RunState, 'step'> {
  const { training, episodes, data } = savedRecord(state, 'checkpoint', ['training', 'episodes', 'data']);
  const columns = savedArray(episodes, 'episodes', Float64Array);
  if (typeof data !== 'string') throw new TypeError(`data: expected a text, got ${typeof data}`);
  return {
    ...{ training, data },
    episodes: Array.from({ length: columns.length / 4 }, (_, row) => {
      const [step, session, sum, length] = columns.subarray(4 * row, 4 * row + 4);
      return { step: step!, session: session!, return: sum!, length: length! };
    }),
  };
}
