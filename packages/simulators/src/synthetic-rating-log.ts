import type { Random } from '@rl-recsys/random';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';

/** How large a {@link syntheticRatingLog} is. */
export interface SyntheticRatingLogOptions {
  /** How many users (default 1000, about MovieLens 100K). */
  readonly users?: number;
  /** How many items there are to rate (default 800); some of the least popular may stay unrated. */
  readonly items?: number;
  /** How many items a user rates on average (default 100); at most a quarter of the items. */
  readonly ratingsPerUser?: number;
  /** All randomness is drawn from it. */
  readonly random: Random;
}

/** The number of directions in which tastes differ. */
const rank = 8;
/** Standard deviations of what makes up an opinion; their squares sum to about 1. */
const deviation = { user: 0.4, item: 0.4, taste: 0.5, noise: 0.65 };
/** How far popularity follows the items' quality: their correlation before items are ranked. */
const popularityOfQuality = 0.7;
/** How much each unit by which an item suits the user adds to its logarithmic weight. */
const exposureOfTaste = 0.5;
/** An opinion earns one star, and one more for each of these that it reaches. */
const cuts = [-1.2, -0.59, 0.2, 1.13];
/** Seconds since 1970. */
const start = 1_600_000_000;
const year = 365 * 24 * 3600;
const day = 24 * 3600;

/**
 * A log of one to five stars that looks like real ones, made from a few equations.
 *
 * User u's opinion of item i is `x = a_u + b_i + p_u·q_i + noise`. All are normal around 0; the four
 * terms have the standard deviations 0.4, 0.4, 0.5 (with p and q of 8 dimensions) and 0.65. Fixed cuts
 * turn x into stars, as in an ordered probit. A user rates one item after the other without repeats;
 * the weight of the item of popularity rank k is `exp(p_u·q_i / 2) / k`, and better items tend to be
 * more popular. A user rates `ratingsPerUser · (0.2 + 0.8·e)` items, e exponential with mean 1, but
 * at most four times `ratingsPerUser`.
 *
 * At the default sizes the mean (3.5), the standard deviation (1.1) and the shares of the stars are
 * close to those of MovieLens 100K, and the gaps between random, popular, best rated and
 * personal rankings are of the same order.
 *
 * Timestamps are whole seconds: users arrive over a year and rate about once a day.
 *
 * @throws RangeError where a count is not a positive integer, or `ratingsPerUser` is more than a
 * quarter of `items`.
 */
export function syntheticRatingLog({
  users = 1000,
  items = 800,
  ratingsPerUser = 100,
  random,
}: SyntheticRatingLogOptions): RatingLog {
  assertSizes({ users, items, ratingsPerUser });
  const catalogue = drawCatalogue(items, random);
  const rows = {
    users: [] as number[],
    items: [] as number[],
    ratings: [] as number[],
    timestamps: [] as number[],
  };
  for (let user = 0; user < users; user++) {
    const leniency = deviation.user * random.normal();
    const suits = drawTaste(catalogue, random);
    let time = start + Math.floor(random.uniform() * year);
    for (const item of drawExposure(catalogue, suits, drawCount(ratingsPerUser, random), random)) {
      const opinion = leniency + catalogue.quality[item]! + suits[item]! + deviation.noise * random.normal();
      rows.users.push(user);
      rows.items.push(item);
      rows.ratings.push(1 + cuts.filter((cut) => opinion >= cut).length);
      rows.timestamps.push(time);
      time += 1 + Math.floor(day * exponential(random));
    }
  }
  return createRatingLog({ userCount: users, itemCount: items, ...rows, scale: { min: 1, max: 5 } });
}

/** What the items are like. */
interface Catalogue {
  /** b: `[items]` */
  readonly quality: Float64Array;
  /** q: `[items * rank]` */
  readonly factors: Float64Array;
  /** The logarithm of `1 / popularity rank`: `[items]` */
  readonly logPopularity: Float64Array;
}

function drawCatalogue(items: number, random: Random): Catalogue {
  const quality = new Float64Array(items).map(() => deviation.item * random.normal());
  const factors = new Float64Array(items * rank).map(() => random.normal());
  const fame = quality.map((each) => {
    const chance = Math.sqrt(1 - popularityOfQuality ** 2) * random.normal();
    return (popularityOfQuality * each) / deviation.item + chance;
  });
  const logPopularity = new Float64Array(items);
  const byFame = Array.from(fame.keys()).sort((a, b) => fame[b]! - fame[a]!);
  for (const [place, item] of byFame.entries()) logPopularity[item] = -Math.log(place + 1);
  return { quality, factors, logPopularity };
}

/** How much each item suits one new user's taste, p·q: `[items]`. */
function drawTaste({ quality, factors }: Catalogue, random: Random): Float64Array {
  const taste = new Float64Array(rank).map(() => (deviation.taste / Math.sqrt(rank)) * random.normal());
  return quality.map((_, item) =>
    taste.reduce((sum, each, direction) => sum + each * factors[item * rank + direction]!, 0),
  );
}

function drawCount(ratingsPerUser: number, random: Random): number {
  const count = Math.round(ratingsPerUser * (0.2 + 0.8 * exponential(random)));
  return Math.min(Math.max(1, count), 4 * ratingsPerUser);
}

/**
 * The items that a user rates, first one first: drawn one after the other by their weights.
 *
 * The largest sums of log-weight and Gumbel noise are such a draw (the Gumbel top-k trick, Kool et al. 2019).
 */
function drawExposure(
  { logPopularity }: Catalogue,
  suits: Float64Array,
  count: number,
  random: Random,
): number[] {
  const keys = logPopularity.map((each, item) => {
    return each + exposureOfTaste * suits[item]! - Math.log(exponential(random));
  });
  return Array.from(keys.keys())
    .sort((a, b) => keys[b]! - keys[a]!)
    .slice(0, count);
}

/** A number from the exponential distribution of mean 1; minus its logarithm is Gumbel noise. */
function exponential(random: Random): number {
  return -Math.log(1 - random.uniform()); // 1 - [0, 1) is never 0
}

function assertSizes(sizes: { users: number; items: number; ratingsPerUser: number }): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`${name}: expected a positive integer, got ${size}`);
    }
  }
  const most = Math.floor(sizes.items / 4);
  if (sizes.ratingsPerUser > most) {
    throw new RangeError(
      `ratingsPerUser: expected at most ${most}, a quarter of the items, got ${sizes.ratingsPerUser}`,
    );
  }
}
