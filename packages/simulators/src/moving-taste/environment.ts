import {
  discrete,
  ItemHistory,
  recommendationSpace,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { Random, savedFlag, savedRecord, type SavedState } from '@rl-recsys/random';
import { isLiked, rewardOf } from '@rl-recsys/rating-log';
import { CandidateItems } from '../candidate-items.js';
import { drawRating, stars } from './dynamics.js';
import { savedTaste, tasteFrom } from './saved-taste.js';
import type { MovingTasteWorld, TasteState } from './world.js';

/** Whose sessions {@link movingTasteEnvironment} plays, and what is seen of them. */
export interface MovingTasteEnvironmentOptions {
  readonly world: MovingTasteWorld;
  /** n, the length of the history. With n = `sessionLength` it also shows how much of the session is left. */
  readonly historySize: number;
  /** Which users come, each as often as the others (default all). */
  readonly users?: ArrayLike<number>;
  /**
   * Which items enter the history: all that were shown (default), or only those that earned four stars or
   * more, as in DRR. What was not liked also tells about mood and satiation.
   */
  readonly remembers?: 'shown' | 'liked';
  /**
   * Whether the candidates of an observation are lent: good until the second step or reset after it, against the rule that an
   * observation is its receiver's (default false). They are most of what a step allocates; for agents that keep none, as `ResidualAgent`.
   */
  readonly lendsCandidates?: boolean;
  /** Draws users, ratings and who leaves until a seed is given to `reset`. */
  readonly random: Random;
}

interface Session {
  state: TasteState;
  readonly history: ItemHistory;
  readonly candidates: CandidateItems;
  over: boolean;
}

/**
 * Sessions of users whose taste moves as they are shown items; see {@link MovingTasteWorld}.
 *
 * An agent sees the user, the last n items of this session with what each earned, and the candidates:
 * all items, or where the world doesn't repeat itself those not shown yet. It shows one of them and earns (rating − 3) / 2 of
 * a rating from one to five stars. Satiation and mood stay hidden. A session terminates when the
 * user leaves, after `sessionLength` items, or when no candidate is left.
 *
 * The `info` of a step is `{ rating, expectedReward, mood, leavingProbability, left }`: `expectedReward` is the
 * mean of the reward over the noise of the rating, the mood is that after the item, and `left` tells whether the user
 * left of their own accord.
 *
 * `step` throws where no session is running or the item is no candidate, and then changes nothing.
 *
 * @throws RangeError where `historySize` is not a positive integer, `users` is empty or holds an unknown user.
 */
export function movingTasteEnvironment({
  world,
  historySize,
  users = new Int32Array(world.userCount).map((_, user) => user),
  remembers = 'shown',
  lendsCandidates = false,
  random,
}: MovingTasteEnvironmentOptions): Environment<RecommendationObservation, number> {
  if (users.length === 0) throw new RangeError('users: expected one at least, got none');
  const visitors = Int32Array.from(users);
  for (let place = 0; place < users.length; place++) world.assertUser(users[place]!);
  const { userCount, itemCount, dynamics } = world;
  const rooms = lendsCandidates ? [new Int32Array(itemCount), new Int32Array(itemCount)] : [];
  let stream = random;
  let session: Session | undefined;
  const begun = (state: TasteState, over = false): Session => ({
    ...{ state, over },
    history: new ItemHistory(historySize),
    candidates: new CandidateItems(itemCount),
  });
  const observe = ({ state: { user }, history, candidates }: Session): RecommendationObservation => {
    const seen = history.observe();
    rooms.reverse();
    const [room] = rooms;
    const offered = room ? candidates.lendIn(room) : candidates.copy();
    return { user, history: seen.history, rewards: seen.rewards, candidates: offered };
  };
  return {
    observationSpace: recommendationSpace({ userCount, itemCount, historySize }),
    actionSpace: discrete(itemCount),
    reset({ seed } = {}) {
      if (seed !== undefined) stream = Random.fromSeed(seed).fork('moving-taste-environment');
      const state = world.initialState(visitors[stream.integer(visitors.length)]!);
      if (session) {
        session.history.clear();
        session.candidates.refill();
        session.state = state;
        session.over = false;
      } else session = begun(state);
      return { observation: observe(session), info: {} };
    },
    step(item) {
      if (session === undefined || session.over) {
        throw new Error(`action: expected a call of reset before item ${item}, no session is running`);
      }
      const { state, history, candidates } = session;
      if (!candidates.has(item)) {
        const { size } = candidates;
        throw new RangeError(
          `action: expected one of the ${size} candidates of user ${state.user}, got ${item}`,
        );
      }
      const expectedReward = world.expectedReward(state, item);
      const rating = drawRating(world.meanRating(state, item), dynamics, stream);
      const reward = rewardOf(rating, stars);
      world.transition(state, item, state);
      const leavingProbability = world.leavingProbability(state);
      const left = stream.uniform() < leavingProbability;

      if (remembers === 'shown' || isLiked(rating, stars)) history.push(item, reward);
      if (!world.repeats) candidates.remove(item);
      session.over = left || state.shown === dynamics.sessionLength || candidates.size === 0;
      return {
        observation: observe(session),
        reward,
        terminated: session.over,
        truncated: false,
        info: { rating, expectedReward, mood: state.mood, leavingProbability, left },
      };
    },
    state: () => ({ random: stream.state(), session: session ? savedSession(session) : null }),
    restore(saved) {
      const { random: place, session: played } = savedRecord(saved, 'state', ['random', 'session']);
      const restored = played === null ? undefined : sessionFrom(played);
      stream = Random.fromState(place);
      session = restored;
    },
  };

  function sessionFrom(saved: SavedState): Session {
    const { taste, over, history, candidates } = savedRecord(saved, 'session', [
      'taste',
      'over',
      'history',
      'candidates',
    ]);
    const restored = begun(tasteFrom(taste, world), savedFlag(over, 'over'));
    restored.history.restore(history);
    restored.candidates.restore(candidates);
    return restored;
  }
}

function savedSession({ state, over, history, candidates }: Session): SavedState {
  return { taste: savedTaste(state), over, history: history.state(), candidates: candidates.state() };
}
