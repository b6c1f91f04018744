import {
  assertTasteDynamics,
  defaultTasteDynamics,
  expectedRewardOf,
  leavingProbabilityOf,
  nextMood,
  type TasteDynamics,
} from './dynamics.js';

/** Where a user stands within a session. An agent never sees it. */
export interface TasteState {
  user: number;
  /** S, `[topics]`: recent exposure to each topic, from 0 to 1 / (1 − δ). */
  readonly satiation: Float64Array;
  /** m, from −1 to 1. */
  mood: number;
  /** How many items were shown in this session. */
  shown: number;
}

/** What a {@link MovingTasteWorld} consists of. */
export interface MovingTasteWorldOptions {
  readonly topicCount: number;
  /** A, `[users, topics]`, row by row: how many stars a user likes a topic more than others do. */
  readonly tastes: ArrayLike<number>;
  /** z, `[items]`: the topic of each item. */
  readonly topics: ArrayLike<number>;
  /** c, `[items]`: how much each item is clickbait, from 0 (nourishing) to 1. */
  readonly bait: ArrayLike<number>;
  /** q, `[items]`: how many stars each item is better than others. */
  readonly quality: ArrayLike<number>;
  /**
   * Whether an item may be shown again in a session (default false). Right where an item stands for a
   * type of which there are many copies.
   */
  readonly repeats?: boolean;
  /** Where they differ from {@link defaultTasteDynamics}. */
  readonly dynamics?: Partial<TasteDynamics>;
}

/**
 * Users whose taste moves within a session, by the items that they are shown.
 *
 * The mean of user u's rating of item i with topic z, bait c and quality q is, in stars,
 *
 *     μ = base + A[u, z] + q + β c − σ S[z] + momentum · m
 *
 * S is satiation: it decays, S ← δ S, and the topic that was shown gains one, S[z] ← S[z] + 1. The mood m
 * follows what was felt, f = (μ − 3) / 2 within [−1, 1] less the regret λ c of clickbait, as
 * m ← (1 − ρ) m + ρ f. Good items in a row make the next one better, as in figure 1 of DRR (Liu et al. 2018). After each item
 * the user leaves with probability 1 / (1 + exp(e₀ + e₁ m)).
 *
 * All methods are exact and draw nothing. Environments, planners and baselines share one world; it is
 * never written to.
 */
export class MovingTasteWorld {
  readonly userCount: number;
  readonly itemCount: number;
  readonly topicCount: number;
  /** float64 `[users, topics]` */
  readonly tastes: Float64Array;
  /** int32 `[items]` */
  readonly topics: Int32Array;
  /** float64 `[items]` */
  readonly bait: Float64Array;
  /** float64 `[items]` */
  readonly quality: Float64Array;
  readonly repeats: boolean;
  readonly dynamics: TasteDynamics;

  /**
   * Copies what it is given.
   *
   * @throws RangeError where there are no users, items or topics, the arrays of items differ in length, a
   * number is not finite or outside its range.
   */
  constructor({
    topicCount,
    tastes,
    topics,
    bait,
    quality,
    repeats = false,
    dynamics,
  }: MovingTasteWorldOptions) {
    if (!Number.isSafeInteger(topicCount) || topicCount < 1) {
      throw new RangeError(`topicCount: expected a positive integer, got ${topicCount}`);
    }
    if (tastes.length === 0 || tastes.length % topicCount !== 0) {
      throw new RangeError(
        `tastes: expected rows of ${topicCount} numbers, one or more, got ${tastes.length} numbers`,
      );
    }
    if (topics.length === 0) throw new RangeError('topics: expected one item at least, got none');
    for (const [name, column] of Object.entries({ bait, quality })) {
      if (column.length !== topics.length) {
        throw new RangeError(`${name}: expected ${topics.length} items like topics, got ${column.length}`);
      }
    }
    const isTopic = (value: number) => Number.isInteger(value) && value >= 0 && value < topicCount;
    assertEach('tastes', tastes, Number.isFinite, 'a finite number');
    assertEach('topics', topics, isTopic, `a topic from 0 to ${topicCount - 1}`);
    assertEach('bait', bait, (value) => value >= 0 && value <= 1, 'a number from 0 to 1');
    assertEach('quality', quality, Number.isFinite, 'a finite number');
    this.dynamics = { ...defaultTasteDynamics, ...dynamics };
    assertTasteDynamics(this.dynamics);
    this.userCount = tastes.length / topicCount;
    this.itemCount = topics.length;
    this.topicCount = topicCount;
    this.tastes = Float64Array.from(tastes);
    this.topics = Int32Array.from(topics);
    this.bait = Float64Array.from(bait);
    this.quality = Float64Array.from(quality);
    this.repeats = repeats;
  }

  /**
   * Where a session of `user` begins: not satiated, in a neutral mood.
   *
   * @throws RangeError where there is no such user.
   */
  initialState(user: number): TasteState {
    this.assertUser(user);
    return { user, satiation: new Float64Array(this.topicCount), mood: 0, shown: 0 };
  }

  /** @throws RangeError where there is no such user. */
  assertUser(user: number): void {
    if (Number.isInteger(user) && user >= 0 && user < this.userCount) return;
    throw new RangeError(`user: expected 0 to ${this.userCount - 1}, got ${user}`);
  }

  /** What `user` likes of `item` for itself, in stars over the base: A[u, z] + q + β c. */
  appeal(user: number, item: number): number {
    const taste = this.tastes[user * this.topicCount + this.topics[item]!]!;
    return taste + this.quality[item]! + this.dynamics.baitAppeal * this.bait[item]!;
  }

  /** μ, the mean of what the user would rate `item` now, before it is rounded to stars. */
  meanRating(state: Readonly<TasteState>, item: number): number {
    const { base, satiationCost, momentum } = this.dynamics;
    const satiation = state.satiation[this.topics[item]!]!;
    return base + this.appeal(state.user, item) - satiationCost * satiation + momentum * state.mood;
  }

  /** The mean of (rating − 3) / 2 that `item` would earn now, within 3e-7. */
  expectedReward(state: Readonly<TasteState>, item: number): number {
    return expectedRewardOf(this.meanRating(state, item), this.dynamics);
  }

  /**
   * Where the user stands after `item` was shown, if they have not left.
   *
   * @param target - the state to write to, which may be `state` itself (default a new one).
   */
  transition(
    state: Readonly<TasteState>,
    item: number,
    target: TasteState = this.initialState(state.user),
  ): TasteState {
    const { dynamics, topicCount } = this;
    const mean = this.meanRating(state, item);
    for (let topic = 0; topic < topicCount; topic++) {
      target.satiation[topic] = dynamics.satiationKept * state.satiation[topic]!;
    }
    target.satiation[this.topics[item]!]! += 1;
    target.mood = nextMood(state.mood, mean, this.bait[item]!, dynamics);
    target.user = state.user;
    target.shown = state.shown + 1;
    return target;
  }

  /** How likely the user leaves at this state, which an item just led to. */
  leavingProbability({ mood }: Readonly<TasteState>): number {
    return leavingProbabilityOf(mood, this.dynamics);
  }
}

function assertEach(
  name: string,
  values: ArrayLike<number>,
  isRight: (value: number) => boolean,
  expected: string,
): void {
  for (let place = 0; place < values.length; place++) {
    if (!isRight(values[place]!)) {
      throw new RangeError(`${name}[${place}]: expected ${expected}, got ${values[place]}`);
    }
  }
}
