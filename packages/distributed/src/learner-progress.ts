import { savedCount, savedRecord, type Savable, type SavedState } from '@rl-recsys/random';
import { Sequences } from './sequences.js';

const COUNTS = ['step', 'episodes', 'inserted', 'samples', 'position', 'missing', 'refused'] as const;

/** How far a learner is, and what it has of whom: it is in its checkpoints, so that a round is learned from once. */
export class LearnerProgress implements Savable {
  /** Environment steps of all actors. */
  step = 0;
  /** Episodes that have ended. */
  episodes = 0;
  /** Rounds that were stored. */
  inserted = 0;
  /** Updates. */
  samples = 0;
  /** The place of the newest round that was looked at. */
  position = 0;
  /** Rounds that never came, where an actor's numbers have gaps. */
  missing = 0;
  /** Rounds that were none of this schema. */
  refused = 0;
  readonly sequences: Sequences = new Sequences();

  state(): SavedState {
    const counts = Object.fromEntries(COUNTS.map((name) => [name, this[name]]));
    return { ...counts, sequences: this.sequences.state() };
  }

  restore(state: SavedState): void {
    const saved = savedRecord(state, 'progress', [...COUNTS, 'sequences']);
    const counts = COUNTS.map((name) => savedCount(saved[name], `progress.${name}`));
    this.sequences.restore(saved.sequences);
    for (const [place, name] of COUNTS.entries()) this[name] = counts[place]!;
  }
}
