import {
  savedArray,
  savedCount,
  savedList,
  savedRecord,
  type Savable,
  type SavedState,
} from '@rl-recsys/random';

/** What a round is to those before it of the same actor. */
export type Arrival = 'next' | 'again' | 'after a gap';

/** For so many rounds nothing was heard of an actor that is forgotten: it is no more. */
const FORGOTTEN_AFTER = 1_000_000;

/** The newest round of each actor, by which one that comes again is told. */
export class Sequences implements Savable {
  /** By actor: its newest sequence, and how many rounds of all had come by then. */
  private newest = new Map<string, readonly [sequence: number, at: number]>();
  private count = 0;

  /** Takes a round in, unless it has come before. */
  take(actor: string, sequence: number): Arrival {
    const [last] = this.newest.get(actor) ?? [-1];
    if (sequence <= last) return 'again';
    this.count += 1;
    this.newest.set(actor, [sequence, this.count]);
    return sequence === last + 1 ? 'next' : 'after a gap';
  }

  state(): SavedState {
    for (const [actor, [, at]] of this.newest)
      if (this.count - at > FORGOTTEN_AFTER) this.newest.delete(actor);
    const rows = [...this.newest];
    return {
      count: this.count,
      actors: rows.map(([actor]) => actor),
      newest: Float64Array.from(rows.flatMap(([, numbers]) => numbers)),
    };
  }

  restore(state: SavedState): void {
    const { count, actors, newest } = savedRecord(state, 'sequences', ['count', 'actors', 'newest']);
    const names = savedList(actors, 'sequences.actors') as readonly string[];
    const numbers = savedArray(newest, 'sequences.newest', Float64Array, 2 * names.length);
    this.count = savedCount(count, 'sequences.count');
    this.newest = new Map(
      names.map((actor, row) => [actor, [numbers[2 * row]!, numbers[2 * row + 1]!] as const]),
    );
  }
}
