import type { Learner } from '@rl-recsys/agent';
import type { Random, SavedState } from '@rl-recsys/random';
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

/** Learns from the steps of a session, and goes back to where it began, bit for bit. */
export class SessionLearner<F extends Fields> {
  private readonly gamma: number;
  private readonly updates: number;
  private readonly memory: SessionMemory<F>;
  private readonly trained: SavedState;

  /** @throws RangeError where an option is out of range, TypeError where `replay` has other fields. */
  constructor(
    private readonly learner: Learner<F>,
    { replay, gamma, batchSize, updates = 1, random }: SessionLearningOptions<F>,
  ) {
    if (!(gamma >= 0 && gamma <= 1)) throw new RangeError(`gamma: expected 0 to 1, got ${gamma}`);
    if (!(Number.isSafeInteger(updates) && updates > 0)) {
      throw new RangeError(`updates: expected a positive integer, got ${updates}`);
    }
    this.gamma = gamma;
    this.updates = updates;
    this.memory = new SessionMemory({ fields: learner.fields, replay, batchSize, random });
    this.trained = learner.state();
  }

  /** What the next step is worth: nothing where the session has ended for good, γ also where it is cut off. */
  discountOf({ terminated }: { readonly terminated: boolean }): number {
    return terminated ? 0 : this.gamma;
  }

  /** @throws TypeError or RangeError where a field is missing or wrong; nothing has changed then. */
  learn(transition: Transition<F>): void {
    this.memory.add(transition);
    for (let update = 0; update < this.updates; update++) this.learner.learn(this.memory.sample());
  }

  reset(): void {
    this.learner.restore(this.trained);
    this.memory.reset();
  }
}
