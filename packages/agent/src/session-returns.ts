import type { Savable, SavedState } from '@rl-recsys/random';
import { NStepReturns, type NStepTransition } from '@rl-recsys/replay-buffer';
import type { SessionStep } from './agent.js';

/** n-step transitions of several sessions, each of which has open ones of its own. */
export class SessionReturns<Observation, Action> implements Savable {
  private windows: NStepReturns<Observation, Action>[] = [];

  /**
   * @param options - `steps`: n, 1 for ordinary transitions; `gamma`: γ, the discount of one step.
   * @throws RangeError where `steps` is not a positive integer or `gamma` outside 0 to 1.
   */
  constructor(private readonly options: { readonly steps: number; readonly gamma: number }) {
    this.windowOf(0);
  }

  /** The transitions that a step finishes, oldest first. */
  push(step: SessionStep<Observation, Action>): NStepTransition<Observation, Action>[] {
    return this.windowOf(step.session).push(step);
  }

  /** Forgets what is open: the episodes were given up, and what comes next is not of them. */
  drop(): void {
    this.windows = [];
  }

  state(): SavedState {
    return this.windows.map((window) => window.state());
  }

  restore(state: SavedState): void {
    if (!Array.isArray(state)) {
      throw new TypeError(`state: expected open transitions of each session, got ${typeof state}`);
    }
    this.windows = (state as readonly SavedState[]).map((saved) => {
      const window = new NStepReturns<Observation, Action>(this.options);
      window.restore(saved);
      return window;
    });
  }

  private windowOf(session: number): NStepReturns<Observation, Action> {
    for (let next = this.windows.length; next <= session; next++)
      this.windows.push(new NStepReturns(this.options));
    return this.windows[session]!;
  }
}
