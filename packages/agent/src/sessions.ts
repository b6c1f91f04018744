import {
  assertMember,
  assertReset,
  assertStep,
  canBeSaved,
  inTime,
  type Environment,
  type MaybePromise,
  type VectorEnvironment,
} from '@rl-recsys/environment';
import {
  copySaved,
  savedArray,
  savedCount,
  savedFlag,
  savedList,
  savedRecord,
  type SavedState,
} from '@rl-recsys/random';
import type { SessionStep } from './agent.js';

/** One environment, or several that are stepped together. */
export type OneOrMany<Observation, Action> =
  Environment<Observation, Action> | VectorEnvironment<Observation, Action>;

/** All that training knows between two rounds, beside what agent and environment keep to themselves. */
export interface TrainingState<Observation> {
  /** Environment steps so far. */
  step: number;
  /** Episodes that have ended so far. */
  episodes: number;
  /** `[sessions]`: what each sees now. */
  observations: Observation[];
  /** `[sessions]`: whether its episode has ended, so that it begins anew in the next round. */
  ended: boolean[];
  /** float64 `[sessions]`: what the episode under way has earned. */
  readonly returns: Float64Array;
  /** int32 `[sessions]`: its steps. */
  readonly lengths: Int32Array;
}

/** One episode of training, as it ended. */
export interface EpisodeSummary {
  /** Steps of all episodes so far. */
  readonly step: number;
  /** Which of the sessions side by side it was played in: 0 where there is one. */
  readonly session: number;
  /** The sum of its rewards. */
  readonly return: number;
  readonly length: number;
}

const ALONE = [0] as const;

/** The sessions that run side by side. */
export class Sessions<Observation, Action> {
  /** How many there are, which is how many steps a round counts: those that only begin an episode too. */
  readonly count: number;
  readonly state: TrainingState<Observation>;

  /** @param timeout - how many milliseconds a promised answer may take (default: as long as it takes). */
  constructor(
    private readonly environment: OneOrMany<Observation, Action>,
    private readonly timeout?: number,
  ) {
    this.count = 'count' in environment ? environment.count : 1;
    this.state = {
      ...{ step: 0, episodes: 0, observations: [], ended: [] },
      returns: new Float64Array(this.count),
      lengths: new Int32Array(this.count),
    };
  }

  /**
   * Begins an episode in each.
   *
   * @throws RangeError where a first observation is no member of its space. Later ones are their readers' to check: a
   * look at each candidate of a large catalogue would take longer than a step.
   */
  async begin(seed: number | undefined): Promise<void> {
    const { environment, state } = this;
    const options = seed === undefined ? {} : { seed };
    state.observations =
      'count' in environment
        ? (await this.answer('reset', environment.reset(options))).observations
        : [await this.resetOne(environment, options)];
    for (const observation of state.observations)
      assertMember(environment.observationSpace, observation, 'observation');
    state.ended = state.observations.map(() => false);
  }

  /** Where they stand between two rounds; without the episodes under way where the environment can't be saved. */
  async saved(): Promise<SavedState> {
    const { environment, state } = this;
    const { step, episodes, ended, returns, lengths } = state;
    const counts = { step, episodes };
    if (!canBeSaved(environment)) return { ...counts, playing: null };
    const observations = copySaved(state.observations as unknown as SavedState);
    return {
      ...counts,
      playing: {
        environment: await this.answer('state', environment.state()),
        ...{ observations, ended: [...ended], returns: returns.slice(), lengths: lengths.slice() },
      },
    };
  }

  /**
   * Stands where {@link Sessions.saved} was taken. Where that has no episodes under way each begins anew, by a seed that no earlier one had.
   *
   * @returns whether episodes go on.
   * @throws Error where the state is of another number of sessions, or of another environment.
   */
  async goOn(saved: SavedState, seed: number | undefined): Promise<boolean> {
    const { environment, state, count } = this;
    const { step, episodes, playing } = savedRecord(saved, 'sessions', ['step', 'episodes', 'playing']);
    state.step = savedCount(step, 'sessions.step');
    state.episodes = savedCount(episodes, 'sessions.episodes');
    if (playing === null || !canBeSaved(environment)) {
      await this.begin(seed === undefined ? undefined : seed + state.step);
      return false;
    }
    const names = ['environment', 'observations', 'ended', 'returns', 'lengths'] as const;
    const { observations, ended, returns, lengths, ...rest } = savedRecord(playing, 'sessions', names);
    const flags = savedList(ended, 'sessions.ended', count).map((flag) => savedFlag(flag, 'sessions.ended'));
    const [sums, steps] = [
      savedArray(returns, 'sessions.returns', Float64Array, count),
      savedArray(lengths, 'sessions.lengths', Int32Array, count),
    ];
    const seen: unknown = copySaved(savedList(observations, 'sessions.observations', count) as SavedState);
    await this.answer('restore', environment.restore(rest.environment));
    state.observations = seen as Observation[];
    state.ended = flags;
    state.returns.set(sums);
    state.lengths.set(steps);
    return true;
  }

  /** The sessions that go on, and what they see; one alone begins its next episode first. */
  async playing(): Promise<{ readonly sessions: readonly number[]; readonly observations: Observation[] }> {
    const { environment, state } = this;
    if (!('count' in environment)) {
      if (state.ended[0]) {
        state.observations = [await this.resetOne(environment, {})];
        state.ended = [false];
      }
      return { sessions: ALONE, observations: state.observations };
    }
    const sessions: number[] = [];
    for (let session = 0; session < this.count; session++) if (!state.ended[session]) sessions.push(session);
    return { sessions, observations: sessions.map((session) => state.observations[session]!) };
  }

  /**
   * Takes an action in each session that goes on; among many, those that have ended begin anew meanwhile.
   *
   * @throws RangeError where there are not as many actions, or one is no member of its space; TypeError or RangeError
   * where the answer is no step.
   */
  async step(
    sessions: readonly number[],
    actions: readonly Action[],
  ): Promise<SessionStep<Observation, Action>[]> {
    const { environment, state } = this;
    if (actions?.length !== sessions.length) {
      throw new RangeError(
        `explore: expected ${sessions.length} actions, one for each session, got ${String(actions?.length)}`,
      );
    }
    for (const action of actions) assertMember(environment.actionSpace, action, 'action');
    const before = state.observations;
    const steps: SessionStep<Observation, Action>[] = [];
    if ('count' in environment) {
      const all = new Array<Action>(this.count); // an ended session's is ignored
      for (let place = 0; place < sessions.length; place++) all[sessions[place]!] = actions[place]!;
      const next = await this.answer('step', environment.step(all));
      for (const session of sessions) {
        steps.push({
          session,
          observation: before[session]!,
          action: all[session]!,
          reward: next.rewards[session]!,
          nextObservation: next.observations[session]!,
          terminated: next.terminated[session]!,
          truncated: next.truncated[session]!,
        });
      }
      state.observations = next.observations;
      state.ended = next.terminated.map((terminated, session) => terminated || next.truncated[session]!);
    } else {
      const action = actions[0]!;
      const answer = await this.answer('step', environment.step(action));
      assertStep(answer);
      const { observation, reward, terminated, truncated } = answer;
      steps.push({
        session: 0,
        observation: before[0]!,
        action,
        reward,
        nextObservation: observation,
        terminated,
        truncated,
      });
      state.observations = [observation];
      state.ended = [terminated || truncated];
    }
    state.step += this.count;
    return steps;
  }

  private answer<T>(name: string, promised: MaybePromise<T>): MaybePromise<T> {
    return this.timeout === undefined ? promised : inTime(name, promised, this.timeout);
  }

  private async resetOne(
    environment: Environment<Observation, Action>,
    options: { readonly seed?: number },
  ): Promise<Observation> {
    const answer = await this.answer('reset', environment.reset(options));
    assertReset(answer);
    return answer.observation;
  }

  /** Counts the steps of a round into their episodes, and gives the summaries of those that they have ended. */
  episodesOf(round: readonly SessionStep<Observation, Action>[]): readonly EpisodeSummary[] {
    const { state } = this;
    const ended: EpisodeSummary[] = [];
    for (const { session, reward, terminated, truncated } of round) {
      state.returns[session]! += reward;
      state.lengths[session]! += 1;
      if (!terminated && !truncated) continue;
      const summary = {
        ...{ step: state.step, session },
        ...{ return: state.returns[session]!, length: state.lengths[session]! },
      };
      state.returns[session] = state.lengths[session] = 0;
      state.episodes += 1;
      ended.push(summary);
    }
    return ended;
  }
}
