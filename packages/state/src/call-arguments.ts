import type { Random } from '@rl-recsys/random';

/** What a state layer is called with beside its inputs. */
export interface StateCallArguments {
  /** Whether it learns: then a layer may drop numbers. */
  readonly training?: boolean;
  /** What dropout draws its masks from; there where `training` is true. */
  readonly random?: Random;
}

/** The arguments of a call that learns, for a module of `createStateModule`. */
export function learningCall(random: Random): Record<string, unknown> {
  return { training: true, random } satisfies StateCallArguments;
}
