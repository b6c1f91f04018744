import type { Interval } from '@rl-recsys/evaluation';

/** What agents earned in an environment, each in the same episodes. A type, so that it is JSON. */
export type Returns = {
  readonly episodes: number;
  /** In the order to show: random actions first, what was trained last. */
  readonly rows: readonly ReturnsRow[];
  /** What was trained beside the best of all others. */
  readonly verdict: {
    /** That other one, chosen by the very figures that it is judged by, which is in its favour. */
    readonly agent: string;
    readonly own: number;
    readonly other: number;
    /** Of the mean difference, episode by episode. */
    readonly difference: Interval;
  };
};

/** One agent, by the returns of its episodes. */
export type ReturnsRow = {
  readonly agent: string;
  readonly mean: number;
  /** Of the sample. */
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
};

/** Where a run keeps them. */
export const RETURNS_FILE = 'returns.json';

/**
 * @param played - each agent with its returns in the same episodes: the last one is what was trained, and there are others.
 * @param intervalOf - the mean difference of the first from the second.
 */
export function returnsOf(
  played: ReadonlyArray<readonly [agent: string, returns: readonly number[]]>,
  intervalOf: (own: Float64Array, other: Float64Array) => Interval,
): Returns {
  const rows = played.map(([agent, returns]) => ({ agent, ...summaryOf(returns) }));
  const own = rows.at(-1)!;
  const others = rows.slice(0, -1);
  const best = others.reduce((one, other) => (other.mean > one.mean ? other : one));
  const [mine, theirs] = [own, best].map(({ agent }) =>
    Float64Array.from(played.find(([name]) => name === agent)![1]),
  );
  return {
    ...{ episodes: mine!.length, rows },
    verdict: {
      ...{ agent: best.agent, own: own.mean, other: best.mean },
      difference: intervalOf(mine!, theirs!),
    },
  };
}

function summaryOf(returns: readonly number[]): Omit<ReturnsRow, 'agent'> {
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  const variance = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (returns.length - 1);
  return { mean, deviation: Math.sqrt(variance), least: Math.min(...returns), most: Math.max(...returns) };
}
