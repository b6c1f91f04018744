import { Random } from '@rl-recsys/random';
import type { SweepFile } from './sweep-file.js';

/** Values of options, by their names. */
export type Combination = Readonly<Record<string, unknown>>;

/** The combinations that a sweep tries, in their order; each once. */
export function combinationsOf({ grid, random }: Pick<SweepFile, 'grid' | 'random'>): Combination[] {
  const all = grid ? gridOf(grid) : drawn(random!);
  const once = new Map(all.map((each) => [JSON.stringify(each), each]));
  return [...once.values()];
}

/** The last option changes fastest. */
function gridOf(grid: Readonly<Record<string, readonly unknown[]>>): Combination[] {
  return Object.entries(grid).reduce<Combination[]>(
    (combinations, [name, values]) =>
      combinations.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
}

/** Each option has a stream of its own: one that is added changes nothing of the others. */
function drawn({ trials, seed, options }: NonNullable<SweepFile['random']>): Combination[] {
  const random = Random.fromSeed(seed).fork('sweep');
  const streams = Object.entries(options).map(([name, of]) => [name, of, random.fork(name)] as const);
  return Array.from({ length: trials }, () =>
    Object.fromEntries(streams.map(([name, of, stream]) => [name, drawOne(of, stream)])),
  );
}

function drawOne(of: NonNullable<SweepFile['random']>['options'][string], random: Random): unknown {
  if (Array.isArray(of)) return of[random.integer(of.length)];
  const { from, to, scale, integer } = of;
  const share = random.uniform();
  const drawn = scale === 'log' ? from * (to / from) ** share : from + (to - from) * share;
  if (integer) return Math.min(to, Math.max(from, Math.round(drawn)));
  return Number(drawn.toPrecision(6)); // as it is printed
}
