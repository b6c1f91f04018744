import type { Random } from '@rl-recsys/random';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';
import { CandidateItems } from '../candidate-items.js';
import { assertPositiveIntegers } from '../positive-integers.js';
import { drawRating, stars } from './dynamics.js';
import { staticTastePolicy } from './policies.js';
import type { MovingTasteWorld } from './world.js';

/** What {@link movingTasteLog} records. */
export interface MovingTasteLogOptions {
  readonly world: MovingTasteWorld;
  /** How many sessions of each user there are (default 10). */
  readonly sessionsPerUser?: number;
  /** How many of the items are chosen by the user's taste, blind to mood and satiation (default 0.3). */
  readonly tasteShare?: number;
  /** How many are chosen by popularity (default 0.4); the rest is chosen at random. */
  readonly popularShare?: number;
  /** All randomness is drawn from it. */
  readonly random: Random;
}

/** The standard deviation of what makes an item popular beside its quality and bait, in stars. */
const luckOfPopularity = 0.3;
/** Seconds since 1970. */
const start = 1_600_000_000;
const day = 24 * 3600;
const year = 365 * day;

/**
 * The log that a mixed recommender leaves behind in a world of moving taste: what can be learned from
 * before an agent goes live.
 *
 * Each next item of a session is, with the given shares, the one that the user likes most for itself, one
 * drawn by popularity, or any. The item of popularity rank k has the weight 1 / k; bait and quality make an
 * item popular, and luck. Ratings are those of {@link movingTasteEnvironment}, so satiation and mood
 * are in them; a session ends when the user leaves, or at `sessionLength`. Nobody is shown an item again that
 * they rated in this session or an earlier one, as a log holds one rating of each.
 *
 * Timestamps are whole seconds: users arrive over a year, a session starts about a day after the one before
 * and at least an hour after its end, and a minute lies between its items.
 *
 * @throws RangeError where the sessions of a user might take more than half of the items, `sessionsPerUser`
 * is not a positive integer, or the shares are no shares of one.
 */
export function movingTasteLog({
  world,
  sessionsPerUser = 10,
  tasteShare = 0.3,
  popularShare = 0.4,
  random,
}: MovingTasteLogOptions): RatingLog {
  assertPositiveIntegers({ sessionsPerUser });
  assertShares(tasteShare, popularShare);
  const { userCount, itemCount, dynamics } = world;
  const most = sessionsPerUser * dynamics.sessionLength;
  if (most > itemCount / 2) {
    throw new RangeError(
      `sessionsPerUser: expected at most ${Math.floor(itemCount / 2 / dynamics.sessionLength)}, so that sessions of ${dynamics.sessionLength} take no more than half of the ${itemCount} items, got ${sessionsPerUser}`,
    );
  }
  const drawPopular = popularItems(world, random.fork('popularity'));
  const choices = random.fork('choices');
  const sessions = random.fork('sessions');
  const byTaste = staticTastePolicy(world);
  const rows = {
    users: [] as number[],
    items: [] as number[],
    ratings: [] as number[],
    timestamps: [] as number[],
  };
  for (let user = 0; user < userCount; user++) {
    const unrated = new CandidateItems(itemCount);
    let time = start + Math.floor(sessions.uniform() * year);
    for (let session = 0; session < sessionsPerUser; session++) {
      const state = world.initialState(user);
      for (let left = false; !left;) {
        const choice = choices.uniform();
        const candidates = unrated.view();
        let item: number;
        if (choice < tasteShare) item = byTaste(state, candidates);
        else if (choice < tasteShare + popularShare) {
          do item = drawPopular(choices);
          while (!unrated.has(item));
        } else item = candidates[choices.integer(candidates.length)]!;
        unrated.remove(item);
        rows.users.push(user);
        rows.items.push(item);
        rows.ratings.push(drawRating(world.meanRating(state, item), dynamics, sessions));
        rows.timestamps.push(time);
        time += 60;
        world.transition(state, item, state);
        left = sessions.uniform() < world.leavingProbability(state) || state.shown === dynamics.sessionLength;
      }
      time += 3600 + Math.floor(-Math.log(1 - sessions.uniform()) * day);
    }
  }
  return createRatingLog({ userCount, itemCount, ...rows, scale: stars });
}

/** Draws items, the one of popularity rank k with the weight 1 / k. */
function popularItems(
  { itemCount, quality, bait, dynamics }: MovingTasteWorld,
  random: Random,
): (choices: Random) => number {
  const fame = quality.map(
    (each, item) => each + dynamics.baitAppeal * bait[item]! + luckOfPopularity * random.normal(),
  );
  const ranked = new Int32Array(itemCount).map((_, item) => item).sort((a, b) => fame[b]! - fame[a]!);
  const upTo = new Float64Array(itemCount);
  for (let rank = 0, sum = 0; rank < itemCount; rank++) upTo[rank] = sum += 1 / (rank + 1);
  return (choices: Random): number => {
    const weight = choices.uniform() * upTo[itemCount - 1]!;
    let [low, high] = [0, itemCount - 1]; // the first rank whose sum is above the weight
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > weight) high = middle;
      else low = middle + 1;
    }
    return ranked[low]!;
  };
}

function assertShares(tasteShare: number, popularShare: number): void {
  for (const [name, share] of Object.entries({ tasteShare, popularShare })) {
    if (!(share >= 0 && share <= 1)) {
      throw new RangeError(`${name}: expected a share from 0 to 1, got ${share}`);
    }
  }
  if (tasteShare + popularShare > 1) {
    throw new RangeError(
      `popularShare: expected at most ${1 - tasteShare} beside a tasteShare of ${tasteShare}, got ${popularShare}`,
    );
  }
}
