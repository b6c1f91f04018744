import type { Random } from '@rl-recsys/random';

/** A set of values: what an environment shows, or what it accepts. */
export interface Space<T> {
  /** Whether `value` is in the set. Never throws, whatever `value` is. */
  contains(value: unknown): value is T;
  /** A value from the set, drawn from `random`; the caller owns it. */
  sample(random: Random): T;
}

/** The type of a space's values: `Infer<typeof space>`. */
export type Infer<S> = S extends Space<infer T> ? T : never;
