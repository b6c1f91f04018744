import type { ScoreParts } from '@rl-recsys/agent';
import type { BlockPlace } from '@rl-recsys/embeddings';
import { scoreParts } from './score-parts.js';

/** What the averaged networks, which are the ones that recommend, make of one observation. */
export interface Look {
  /** g(s): what each block of the user's vector is multiplied by, by its name. */
  readonly gates: Readonly<Record<string, number>>;
  /** ‖h(s)‖: how far the action leaves the gated vector. */
  readonly residualSize: number;
  /** In the order in which they were asked for. */
  readonly items: readonly LookedItem[];
}

/** One item that might be shown. */
export interface LookedItem {
  readonly item: number;
  /** Its inner product with the action: the highest is shown. */
  readonly score: number;
  /** Q(s, x), the mean of both critics: what is expected from here on if it is shown. */
  readonly value: number;
  /** What made the score, which is their sum: each block by its name, and `learned`. */
  readonly parts: ScoreParts;
}

/** What networks gave for one observation and some items, as they are. */
export interface LookedNumbers {
  /** u `[k]` */
  readonly user: Float32Array;
  /** `[blocks]` */
  readonly gates: Float32Array;
  /** h `[k]` */
  readonly residual: Float32Array;
  /** x `[items, k]` */
  readonly vectors: Float32Array;
  /** Q `[items]` */
  readonly values: Float32Array;
}

/** Names what networks gave. */
export function lookOf(
  { user, gates, residual, vectors, values }: LookedNumbers,
  items: Int32Array,
  blocks: readonly BlockPlace[],
): Look {
  const k = user.length;
  return {
    gates: Object.fromEntries(blocks.map(({ name }, block) => [name, gates[block]!])),
    residualSize: Math.hypot(...residual),
    items: Array.from(items, (item, row) => {
      const one = { user, gates, residual, item: vectors.subarray(row * k, (row + 1) * k) };
      const parts = scoreParts(one, blocks)[0]!;
      const score = Object.values(parts).reduce((sum, part) => sum + part, 0);
      return { item, score, value: values[row]!, parts };
    }),
  };
}
