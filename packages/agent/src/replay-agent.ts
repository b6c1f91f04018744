import { assertOptionNames, restoreTogether, type OptionNames, type SavedState } from '@rl-recsys/random';
import type { Batch, Fields, Replay, Transition } from '@rl-recsys/replay-buffer';
import type { Actor } from './actor.js';
import { assertMeasurable } from './assert-measurable.js';
import type { Figures, Inspection, ScoreParts, SessionStep } from './agent.js';
import type { Learner, Weights } from './learner.js';
import { Lifetime } from './lifetime.js';
import { assertNumbers, assertSchedules, integerFrom, NOT_NEGATIVE, SHARE } from './number-rules.js';
import { REWARD_OPTION_NAMES, rewardFunction, type RewardOptions } from './rewards.js';
import { RunawayGuard } from './runaway.js';
import { scheduled, type Schedule } from './schedule.js';
import type { LearningPace, SplitAgent } from './split-agent.js';

/** What a {@link ReplayAgent} is composed of. */
export interface ReplayAgentOptions<
  Observation,
  Action,
  F extends Fields,
  L extends Learner<F> = Learner<F>,
> extends RewardOptions {
  readonly actor: Actor<Observation, Action, F>;
  readonly learner: L;
  /** Of the learner's fields. */
  readonly replay: Replay<F>;
  /** N, transitions in an update. */
  readonly batchSize: number;
  /** The first round after which it learns, counted from 1 (default 1). */
  readonly learnFrom?: number;
  /** Transitions that there must be before it learns (default: `batchSize`). */
  readonly minimumSize?: number;
  /** Updates after each round (default 1). */
  readonly updates?: number;
  /** How far prioritized sampling is corrected for (default 1); it does nothing where replay is uniform. */
  readonly beta?: Schedule;
  /** What share of their full size the learning rates have (default: all of it). */
  readonly learningRateShare?: Schedule;
}

const NAMES: OptionNames<ReplayAgentOptions<never, never, never>> = {
  ...{ actor: true, learner: true, replay: true, batchSize: true, learnFrom: true, minimumSize: true },
  ...{ updates: true, beta: true, learningRateShare: true },
  ...REWARD_OPTION_NAMES,
};

/** The options that every round reads, with the defaults filled in. */
interface ResolvedOptions {
  readonly learnFrom: number;
  readonly minimumSize: number;
  readonly updates: number;
  readonly beta: Schedule;
  readonly learningRateShare: Schedule | undefined;
}

/** How many transitions a learner looks at before it learns; our choice. */
const PREPARED = 2048;

/**
 * An agent that learns from stored transitions: an actor, a learner and a replay buffer.
 *
 * One round: the actor's transitions are stored; then the learner makes its updates, each from a batch that is
 * drawn anew, and tells the buffer how wrong each transition was.
 *
 * Learning that runs away is stopped: where a figure, an error, a weight or an optimizer's number is not finite, or beyond
 * all measure, `observe` throws an error that names it, and the learner is again as it was some updates before.
 */
export class ReplayAgent<
  Observation,
  Action,
  F extends Fields,
  L extends Learner<F> = Learner<F>,
> implements SplitAgent<Observation, Action, F> {
  readonly actor: Actor<Observation, Action, F>;
  readonly learner: L;
  readonly replay: Replay<F>;
  private readonly options: ResolvedOptions;
  private readonly batch: Batch<F>;
  private readonly guard: RunawayGuard;
  private readonly rewardOf: (reward: number) => number;
  private rounds = 0;
  private prepared = false;
  /** Of the newest batch; empty before there is one. */
  private tdErrors: Float32Array = new Float32Array(0);
  private readonly lifetime = new Lifetime('an agent');

  /** @throws RangeError where an option is out of range or unknown; it is named, and the learner is freed. */
  constructor(options: ReplayAgentOptions<Observation, Action, F, L>) {
    const { actor, learner, replay, batchSize, ...rest } = options;
    const { learnFrom = 1, minimumSize = batchSize, updates = 1, beta = 1, learningRateShare } = rest;
    try {
      assertOptionNames(options, NAMES);
      assertNumbers(integerFrom(1), { batchSize, learnFrom, minimumSize, updates });
      assertSchedules(SHARE, { beta });
      assertSchedules(NOT_NEGATIVE, { learningRateShare });
      this.rewardOf = rewardFunction(rest);
      if (minimumSize > replay.capacity) {
        throw new RangeError(
          `capacity: expected room for ${minimumSize} transitions to learn from, got ${replay.capacity}`,
        );
      }
    } catch (error) {
      learner.dispose();
      throw error;
    }
    this.options = { learnFrom, minimumSize, updates, beta, learningRateShare };
    this.actor = actor;
    this.learner = learner;
    this.replay = replay;
    this.batch = replay.createBatch(batchSize);
    this.guard = new RunawayGuard(learner);
  }

  begin(): void {
    this.lifetime.assertOpen('begin');
    this.actor.begin?.();
  }

  act(observations: readonly Observation[]): Action[] {
    this.lifetime.assertOpen('act');
    return this.actor.act(observations);
  }

  explore(observations: readonly Observation[], sessions: readonly number[]): Action[] {
    this.lifetime.assertOpen('explore');
    return this.actor.explore(observations, sessions);
  }

  observe(steps: readonly SessionStep<Observation, Action>[]): readonly Figures[] {
    this.lifetime.assertOpen('observe');
    this.store(this.collect(steps));
    const exploration = this.actor.figures ? [this.actor.figures()] : [];
    if (!this.canLearn) return exploration;
    return [...exploration, ...Array.from({ length: this.options.updates }, () => this.update())];
  }

  collect(steps: readonly SessionStep<Observation, Action>[]): readonly Transition<F>[] {
    this.lifetime.assertOpen('collect');
    const transitions: Transition<F>[] = [];
    for (const step of steps) {
      const reward = this.rewardOf(step.reward);
      const finished = this.actor.observe(reward === step.reward ? step : { ...step, reward });
      for (const transition of finished) transitions.push(transition);
    }
    return transitions;
  }

  assertTransitions(transitions: readonly Transition<F>[]): void {
    this.lifetime.assertOpen('assertTransitions');
    for (const transition of transitions) {
      assertMeasurable(this.fields, transition);
      this.learner.assertTransition?.(transition);
    }
  }

  store(transitions: readonly Transition<F>[]): void {
    this.lifetime.assertOpen('store');
    const { learner, options, replay } = this;
    for (const transition of transitions) replay.add(transition);
    this.rounds += 1;
    const { learningRateShare } = options;
    if (learningRateShare !== undefined && this.canLearn)
      learner.scaleLearningRates(scheduled(learningRateShare, this.rounds - 1));
  }

  get canLearn(): boolean {
    const { learnFrom, minimumSize } = this.options;
    return this.rounds >= learnFrom && this.replay.size >= minimumSize;
  }

  get pace(): LearningPace {
    const { updates, learnFrom } = this.options;
    return { updates, learnFrom };
  }

  get fields(): F {
    return this.learner.fields;
  }

  weights(): Weights {
    return this.learner.weights();
  }

  takeWeights(weights: Weights): void {
    this.lifetime.assertOpen('takeWeights');
    this.actor.takeWeights(weights);
  }

  atRound(round: number): void {
    this.actor.atRound?.(round);
  }

  /** What the newest batch shows of the learner, its `tdErrors`, and the `priorities` of all that is stored, where there are some. */
  inspect(): Inspection {
    this.lifetime.assertOpen('inspect');
    const { learner, replay, batch, tdErrors } = this;
    if (tdErrors.length === 0) return { figures: {}, samples: {} };
    const priorities = replay.priorities?.();
    return {
      figures: learner.inspect?.(batch) ?? {},
      samples: { tdErrors, ...(priorities && { priorities }) },
    };
  }

  /** As its actor tells it; undefined where that can't. */
  explain(
    observations: readonly Observation[],
    actions: readonly Action[],
  ): readonly ScoreParts[] | undefined {
    this.lifetime.assertOpen('explain');
    return this.actor.explain?.(observations, actions);
  }

  update(): Figures {
    this.lifetime.assertOpen('update');
    const { learner, replay, guard } = this;
    if (!this.prepared) this.prepare();
    replay.sample(this.batch, { beta: scheduled(this.options.beta, this.rounds - 1) });
    guard.before();
    const result = learner.learn(this.batch);
    guard.after(result);
    replay.updatePriorities(this.batch.ids, result.tdErrors);
    this.tdErrors = result.tdErrors;
    return result.figures;
  }

  private prepare(): void {
    const { learner, replay } = this;
    this.prepared = true;
    if (!learner.prepare) return;
    const batch = replay.createBatch(Math.min(replay.size, PREPARED));
    replay.sample(batch, { beta: 1 });
    learner.prepare(batch);
  }

  /**
   * All of it: networks, optimizers, replay with its priorities, open n-step returns, noise, streams, schedules.
   *
   * @throws RangeError where learning has run away, so that a number is not finite; the learner is again as it was some
   * updates before.
   */
  state(): SavedState {
    return this.stateWith(() => this.replay.state());
  }

  /** As {@link ReplayAgent.state}, but the replay buffer's transitions are those in use: they are good until the next `observe`. */
  view(): SavedState {
    return this.stateWith(() => this.replay.view());
  }

  private stateWith(replay: () => SavedState): SavedState {
    this.lifetime.assertOpen('state');
    const { rounds, prepared, actor, guard } = this;
    const parts = { actor: actor.state(), learner: guard.state(), replay: replay() };
    return { rounds, prepared, updates: guard.seen, ...parts };
  }

  /** @throws where a part refuses its state, or the state is of something else; nothing has changed then. */
  restore(state: SavedState): void {
    this.goOnFrom(state, 'restore');
  }

  /** As {@link ReplayAgent.restore}, but the replay buffer takes the transitions of `state` for its own. */
  adopt(state: SavedState): void {
    this.goOnFrom(state, 'adopt');
  }

  private goOnFrom(state: SavedState, how: 'restore' | 'adopt'): void {
    this.lifetime.assertOpen(how);
    const { rounds, prepared, updates, actor, learner, replay } = (state ?? {}) as Record<string, SavedState>;
    const areCounts = [rounds, updates].every((count) => integerFrom(0).holds(count as number));
    if (!areCounts || typeof prepared !== 'boolean') {
      throw new TypeError('state: expected the state of such an agent, got something else');
    }
    // Last, because it is the one that is too large for a copy.
    const last = {
      state: () => this.replay.state(),
      restore: (given: SavedState) => this.replay[how](given),
    };
    restoreTogether([
      [this.learner, learner],
      [this.actor, actor],
      [last, replay],
    ]);
    this.guard.goOnFrom(updates as number);
    this.tdErrors = new Float32Array(0);
    this.rounds = rounds as number;
    this.prepared = prepared;
  }

  /** Frees what the learner holds; safe to call twice. Nothing else is afterwards: it is refused. */
  dispose(): void {
    if (this.lifetime.end()) this.learner.dispose();
  }
}
