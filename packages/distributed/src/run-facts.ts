/** How far a run is, as its learner said last. */
export interface RunFacts {
  /** Whether it has come to its end. */
  readonly over: boolean;
  /** Rounds that actors have sent, by their places. */
  readonly sent: number;
  /** Rounds that are learned from. */
  readonly inserted: number;
  /** Updates. */
  readonly samples: number;
  /** The place of the newest round that the learner has looked at. */
  readonly position: number;
  /** Tells weights apart: the epoch of the learner that made them, and its updates; empty where there are none. */
  readonly weights: string;
  /** Actors that are alive. */
  readonly actors: number;
}

/** Reads what a script answers, of which nothing is trusted. */
export function readFacts(answer: unknown): RunFacts {
  const [, over, sent, inserted, samples, position, weights, actors] = answer as readonly unknown[];
  return {
    over: over === '1',
    ...{ sent: count(sent), inserted: count(inserted), samples: count(samples), position: count(position) },
    weights: /^\d+\.\d+$/.test(String(weights)) ? String(weights) : '',
    actors: count(actors),
  };
}

function count(value: unknown): number {
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : 0;
}
