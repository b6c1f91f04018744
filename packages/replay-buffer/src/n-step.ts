import {
  assertOptionNames,
  copySaved,
  type OptionNames,
  type Savable,
  type SavedState,
} from '@rl-recsys/random';
import { assertPositiveInteger, assertShare } from './assert.js';

/** One step in an environment, with what was seen before it. */
export interface EnvironmentStep<Observation, Action> {
  readonly observation: Observation;
  readonly action: Action;
  /** What the action earned. */
  readonly reward: number;
  readonly nextObservation: Observation;
  /** The task ended here: there is nothing to bootstrap from. */
  readonly terminated: boolean;
  /** The episode was cut off here: its value goes on after `nextObservation`. */
  readonly truncated: boolean;
}

/** Up to n steps in one: the return is `reward + discount · value(nextObservation)`. */
export interface NStepTransition<Observation, Action> {
  readonly observation: Observation;
  readonly action: Action;
  /** Σ γ^i r_i over the m steps that were taken. */
  readonly reward: number;
  /** What was seen after those m steps. */
  readonly nextObservation: Observation;
  /** γ^m, or 0 where the episode terminated within them. */
  readonly discount: number;
}

/** A transition whose last step is still to come. */
interface PendingTransition<Observation, Action> {
  readonly observation: Observation;
  readonly action: Action;
  reward: number;
  discount: number;
  /** Undefined until the last step. */
  nextObservation: Observation | undefined;
}

const NAMES: OptionNames<{ steps: number; gamma: number }> = { steps: true, gamma: true };

/**
 * Turns the steps of one environment into n-step transitions, to be added to a replay buffer.
 *
 * A transition is finished after n steps, or with fewer where the episode ends. Observations and
 * actions are held and handed on, not copied. Several environments need one of these each; an
 * episode that is given up halfway is ended by a step that is `truncated`.
 *
 * Sutton 1988; multi-step targets for replay as in Rainbow, Hessel et al. 2018, arXiv 1710.02298.
 */
export class NStepReturns<Observation, Action> implements Savable {
  private readonly steps: number;
  private readonly gamma: number;
  private pending: PendingTransition<Observation, Action>[] = [];

  /**
   * @param options - `steps`: n, 1 for ordinary transitions; `gamma`: γ, the discount of one step.
   * @throws RangeError where `steps` is not a positive integer, `gamma` outside 0 to 1, or an option unknown.
   */
  constructor(options: { readonly steps: number; readonly gamma: number }) {
    assertOptionNames(options, NAMES);
    const { steps, gamma } = options;
    assertPositiveInteger('steps', steps);
    assertShare('gamma', gamma);
    this.steps = steps;
    this.gamma = gamma;
  }

  /**
   * Takes the next step of the episode and returns the transitions that it finishes, oldest first.
   *
   * These are all that are pending where the episode ends, else at most one.
   *
   * @throws RangeError where the reward is not finite; the step is not taken then.
   */
  push(step: EnvironmentStep<Observation, Action>): NStepTransition<Observation, Action>[] {
    const { observation, action, reward, nextObservation, terminated, truncated } = step;
    if (!Number.isFinite(reward)) throw new RangeError(`reward: expected a finite number, got ${reward}`);
    this.pending.push({ observation, action, reward: 0, discount: 1, nextObservation: undefined });
    for (const transition of this.pending) {
      transition.reward += transition.discount * reward;
      transition.discount *= this.gamma;
    }
    const isFull = this.pending.length === this.steps;
    const count = terminated || truncated ? this.pending.length : isFull ? 1 : 0;
    if (count === 0) return [];
    const finished = this.pending.splice(0, count);
    for (const transition of finished) {
      transition.nextObservation = nextObservation;
      if (terminated) transition.discount = 0;
    }
    return finished as NStepTransition<Observation, Action>[];
  }

  /** The transitions that are still open; observations and actions must be values that can be saved. */
  state(): SavedState {
    const open = this.pending.map(({ observation, action, reward, discount }) => {
      return { observation, action, reward, discount };
    });
    return copySaved(open as unknown as SavedState);
  }

  /** @throws TypeError where `state` is no list of as many open transitions as there may be; nothing has changed then. */
  restore(state: SavedState): void {
    if (!Array.isArray(state) || state.length >= this.steps || !state.every(isPending)) {
      throw new TypeError(`state: expected fewer than ${this.steps} open transitions, got something else`);
    }
    const pending: unknown = copySaved<SavedState>(state);
    this.pending = (pending as Omit<PendingTransition<Observation, Action>, 'nextObservation'>[]).map(
      (open) => ({ ...open, nextObservation: undefined }),
    );
  }
}

/** Whether a saved value has what every open transition has; what observations and actions are is the caller's to know. */
function isPending(value: SavedState): boolean {
  const { observation, action, reward, discount } = (value ?? {}) as Record<string, unknown>;
  const isShare = typeof discount === 'number' && discount >= 0 && discount <= 1;
  return observation !== undefined && action !== undefined && Number.isFinite(reward) && isShare;
}
