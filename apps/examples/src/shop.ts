import {
  discrete,
  ItemHistory,
  recommendationSpace,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { Random, savedArray, savedCount, savedFlag, savedRecord, type SavedState } from '@rl-recsys/random';

const CUSTOMERS = 30;
const CATEGORIES = 5;
const ITEMS_PER_CATEGORY = 8;
const ITEMS = CATEGORIES * ITEMS_PER_CATEGORY;
const HISTORY_SIZE = 10;
/** ρ: the share of boredom that is left one item later. */
const BOREDOM_KEPT = 0.7;
/** β: what boredom takes from the reward, unless something else is said. */
const BOREDOM_COST = 0.2;
/** λ: what boredom adds to the chance to leave. */
const LEAVING_RATE = 0.2;

/** What {@link shop} draws from. */
export interface ShopOptions {
  /** Draws who comes in, and when they leave, until a seed is given to `reset`. */
  readonly random: Random;
  /** β, what a unit of boredom takes from the reward (default 0.2). */
  readonly boredomCost?: number;
}

/** A visit of one customer. */
interface Visit {
  readonly customer: number;
  /** t, `[5]`. */
  readonly tastes: readonly number[];
  readonly history: ItemHistory;
  /** The items that were not shown yet. */
  left: Int32Array;
  /** b, `[5]`: how bored the customer is with each category. */
  boredom: number[];
  over: boolean;
}

/**
 * A small shop: show a customer one item after another, before they are bored and leave.
 *
 * - **The agent sees** who the customer is, the last 10 items that were shown in this visit with
 *   what each earned, and the items not shown yet.
 * - **It does** one thing: it shows one of these items. No item is shown twice in a visit.
 * - **It earns** how much the customer likes that item now. A visit terminates when the customer
 *   leaves, or has seen all 40 items.
 *
 * There are 30 customers and 5 categories of 8 items. Hidden are each customer's taste `t[c]` for a
 * category (see {@link tastesOf}) and their boredom `b[c]` with it, which is 0 when they come in. For
 * an item of category c:
 *
 * - reward `r = t[c] − 0.2 b[c]`;
 * - the customer leaves after it with probability `0.2 b[c]`;
 * - then `b[c] ← b[c] + 1`, and all boredom decays: `b ← 0.7 b`.
 *
 * So the favorite category earns most at once, and a visit earns most where categories take turns.
 * The `info` of a step is `{ category, boredom }`: what c and b[c] were.
 *
 * `step` throws where no visit is running or the item is not left, and then changes nothing.
 */
export function shop({
  random,
  boredomCost = BOREDOM_COST,
}: ShopOptions): Environment<RecommendationObservation, number> {
  let stream = random;
  let visit: Visit | undefined;
  return {
    observationSpace: recommendationSpace({
      userCount: CUSTOMERS,
      itemCount: ITEMS,
      historySize: HISTORY_SIZE,
    }),
    actionSpace: discrete(ITEMS),
    reset({ seed } = {}) {
      if (seed !== undefined) stream = Random.fromSeed(seed).fork('shop');
      const customer = stream.integer(CUSTOMERS);
      visit = {
        customer,
        tastes: tastesOf(customer),
        history: new ItemHistory(HISTORY_SIZE),
        left: Int32Array.from({ length: ITEMS }, (_, item) => item),
        boredom: new Array<number>(CATEGORIES).fill(0),
        over: false,
      };
      return { observation: observe(visit), info: {} };
    },
    step(item) {
      if (visit === undefined || visit.over) {
        throw new Error(`action: expected a call of reset before item ${item}, no visit is running`);
      }
      if (!visit.left.includes(item)) {
        throw new RangeError(`action: expected one of the ${visit.left.length} items left, got ${item}`);
      }
      const category = categoryOf(item);
      const boredom = visit.boredom[category]!;
      const reward = visit.tastes[category]! - boredomCost * boredom;
      const leaves = stream.uniform() < LEAVING_RATE * boredom;

      visit.history.push(item, reward);
      visit.left = visit.left.filter((each) => each !== item);
      visit.boredom = visit.boredom.map((b, each) => BOREDOM_KEPT * (each === category ? b + 1 : b));
      visit.over = leaves || visit.left.length === 0;
      return {
        observation: observe(visit),
        reward,
        terminated: visit.over,
        truncated: false,
        info: { category, boredom },
      };
    },
    state: () => ({ random: stream.state(), visit: visit ? savedVisit(visit) : null }),
    restore(saved) {
      const { random: place, visit: paid } = savedRecord(saved, 'state', ['random', 'visit']);
      const restored = paid === null ? undefined : visitFrom(paid);
      stream = Random.fromState(place);
      visit = restored;
    },
  };
}

/** A visit as plain values; tastes follow from the customer. */
function savedVisit({ customer, history, left, boredom, over }: Visit): SavedState {
  return {
    customer,
    history: history.state(),
    left: left.slice(),
    boredom: Float64Array.from(boredom),
    over,
  };
}

function visitFrom(saved: SavedState): Visit {
  const names = ['customer', 'history', 'left', 'boredom', 'over'] as const;
  const { customer, history, left, boredom, over } = savedRecord(saved, 'visit', names);
  const visit = {
    customer: savedCount(customer, 'customer', CUSTOMERS - 1),
    history: new ItemHistory(HISTORY_SIZE),
    left: savedArray(left, 'left', Int32Array),
    boredom: [...savedArray(boredom, 'boredom', Float64Array, CATEGORIES)],
    over: savedFlag(over, 'over'),
  };
  visit.history.restore(history);
  return { ...visit, tastes: tastesOf(visit.customer) };
}

/** The category of an item: 0 for the first 8 items, 1 for the next 8, and so on. */
export function categoryOf(item: number): number {
  return Math.floor(item / ITEMS_PER_CATEGORY);
}

/**
 * t, `[5]`: how much a customer likes each category, from U(0, 1).
 *
 * No agent sees them; a test or a baseline may. A customer has the same tastes in every shop,
 * whatever its seed, so that an agent meets in its evaluation whom it met in training.
 */
export function tastesOf(customer: number): number[] {
  const random = Random.fromSeed(`customer ${customer}`);
  return Array.from({ length: CATEGORIES }, () => random.uniform());
}

function observe({ customer, history, left }: Visit): RecommendationObservation {
  return { user: customer, ...history.observe(), candidates: left.slice() };
}
