import type { Random } from '@rl-recsys/random';
import { SIZES } from '../sizes.js';
import { differentItems, fillHistory } from './random-data.js';

/** Somebody to recommend to. */
export interface Person {
  readonly user: number;
  readonly history: Int32Array;
  /** What they know already. */
  readonly seen: Int32Array;
}

/** How many there are, and how many items each has seen. */
const PEOPLE = 256;
const SEEN = 150;

/** Many people to take in turns, so that no answer is known from before. */
export class People {
  readonly all: readonly Person[];
  private last = -1;

  constructor(random: Random) {
    this.all = Array.from({ length: PEOPLE }, () => {
      const history = new Int32Array(SIZES.historySize);
      fillHistory(history, random);
      return { user: random.integer(SIZES.users), history, seen: differentItems(SEEN, random) };
    });
  }

  /** The next one. */
  one(): Person {
    this.last = (this.last + 1) % PEOPLE;
    return this.all[this.last]!;
  }

  /** The next `count`. */
  some(count: number): Person[] {
    return Array.from({ length: count }, () => this.one());
  }
}
