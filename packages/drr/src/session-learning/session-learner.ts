import { assertNumbers, integerFrom, RunawayGuard, SHARE, type Learner } from '@rl-recsys/agent';
import {
  assertOptionNames,
  copySaved,
  restoreTogether,
  savedRecord,
  type OptionNames,
  type Random,
  type Savable,
  type SavedState,
} from '@rl-recsys/random';
import type { Fields, Replay, Transition } from '@rl-recsys/replay-buffer';
import { SessionMemory } from './session-memory.js';

/** How an agent goes on learning while it serves. */
export interface SessionLearningOptions<F extends Fields> {
  /**
   * That of training (default none). It is drawn from once, when the policy is made: half of each batch is then of
   * these transitions, the other half of the session's own. Without it, or where it is empty, all are.
   */
  readonly replay?: Replay<F>;
  /** γ */
  readonly gamma: number;
  /** N; drawn with replacement, so that the first step of a session is learned from too. */
  readonly batchSize: number;
  /** Updates after each step (default 1, as in the paper). */
  readonly updates?: number;
  /** Draws batches; stays where it is, so that every session draws the same. */
  readonly random: Random;
}

const NAMES: OptionNames<SessionLearningOptions<Fields>> = {
  ...{ replay: true, gamma: true, batchSize: true },
  ...{ updates: true, random: true },
};

/**
 * Learns from the steps of a session, and goes back to where it began, bit for bit: at its end, and where learning runs away.
 */
export class SessionLearner<F extends Fields> implements Savable {
  private readonly gamma: number;
  private readonly updates: number;
  private readonly memory: SessionMemory<F>;
  private trained: SavedState;
  private readonly guard: RunawayGuard;

  /** @throws RangeError where an option is out of range or unknown, TypeError where `replay` has other fields. */
  constructor(
    private readonly learner: Learner<F>,
    options: SessionLearningOptions<F>,
  ) {
    assertOptionNames(options, NAMES);
    const { replay, gamma, batchSize, updates = 1, random } = options;
    if (gamma === undefined) throw new RangeError('gamma: expected a number from 0 to 1, got undefined');
    assertNumbers(SHARE, { gamma });
    assertNumbers(integerFrom(1), { updates });
    this.gamma = gamma;
    this.updates = updates;
    this.memory = new SessionMemory({ fields: learner.fields, replay, batchSize, random });
    this.guard = new RunawayGuard(learner);
    this.trained = this.guard.state();
    this.guard.goOnFrom(0, this.trained);
  }

  /** What the next step is worth: nothing where the session has ended for good, γ also where it is cut off. */
  discountOf({ terminated }: { readonly terminated: boolean }): number {
    return terminated ? 0 : this.gamma;
  }

  /**
   * @throws TypeError or RangeError where a field is missing or wrong, and nothing has changed then; RangeError where learning runs
   * away, and the learner is as it was before it did.
   */
  learn(transition: Transition<F>): void {
    const { memory, guard, learner, updates } = this;
    memory.add(transition);
    for (let update = 0; update < updates; update++) {
      guard.before();
      guard.after(learner.learn(memory.sample()));
    }
  }

  reset(): void {
    this.learner.restore(this.trained);
    this.guard.goOnFrom(0, this.trained);
    this.memory.reset();
  }

  /** Where it began, and where learning and memory stand in this session. */
  state(): SavedState {
    return { trained: copySaved(this.trained), learner: this.learner.state(), memory: this.memory.state() };
  }

  /** @throws Error where the state is of another learner or memory; nothing has changed then. */
  restore(state: SavedState): void {
    const { trained, learner, memory } = savedRecord(state, 'state', ['trained', 'learner', 'memory']);
    restoreTogether([
      [this.learner, trained], // tries whether it fits
      [this.learner, learner],
      [this.memory, memory],
    ]);
    this.trained = copySaved(trained);
    this.guard.goOnFrom(0);
  }
}
