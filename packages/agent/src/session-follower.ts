import { NO_ITEM, type RecommendationObservation } from '@rl-recsys/environment';
import type { SessionRecord } from '@rl-recsys/metrics';
import type { Agent, SessionStep } from './agent.js';
import type { TrainingState } from './sessions.js';

/** Which of the sessions side by side is followed. */
const FOLLOWED = 0;

type Step = SessionStep<RecommendationObservation, number>;
type Recommends = Pick<Agent<RecommendationObservation, number>, 'explain'>;

/** Keeps one session in full, from its beginning to its end, whenever it was asked to; training does not depend on it. */
export class SessionFollower {
  private isWanted = true;
  private isBetween: boolean;
  private steps: Step[] | undefined;

  /** @throws RangeError where the environment recommends nothing. */
  constructor(
    { observationSpace }: { readonly observationSpace: unknown },
    private readonly agent: Pick<Agent<never, never>, 'explain'>,
    { lengths }: Pick<TrainingState<unknown>, 'lengths'>,
  ) {
    this.isBetween = lengths[FOLLOWED] === 0; // else it goes on, and its beginning was not seen
    const { kind } = observationSpace as { readonly kind?: string };
    if (kind !== 'recommendation') {
      throw new RangeError(`onSession: expected an environment that recommends, got a space of kind ${kind}`);
    }
  }

  /** Follows the next session that begins. */
  follow(): void {
    this.isWanted = true;
  }

  /**
   * Looks at a round.
   *
   * @param step - environment steps by now.
   * @returns the session, where it was followed and has ended.
   */
  see(round: readonly SessionStep<unknown, unknown>[], step: number): SessionRecord | undefined {
    const own = round.find(({ session }) => session === FOLLOWED) as Step | undefined;
    if (!own) return undefined;
    if (this.isBetween && this.isWanted) {
      this.steps = [];
      this.isWanted = false;
    }
    this.steps?.push(own);
    this.isBetween = own.terminated || own.truncated;
    if (!this.isBetween || !this.steps) return undefined;
    const record = this.record(this.steps, step);
    this.steps = undefined;
    return record;
  }

  private record(steps: readonly Step[], step: number): SessionRecord {
    const parts = (this.agent as Recommends).explain?.(
      steps.map(({ observation }) => observation),
      steps.map(({ action }) => action),
    );
    const { user, history, rewards } = steps[0]!.observation;
    return {
      ...{ step, user },
      history: Array.from(history, (item, place) => ({ item, reward: rewards[place]! })).filter(
        ({ item }) => item !== NO_ITEM,
      ),
      shown: steps.map(({ action, reward }, place) => ({
        ...{ item: action, reward },
        parts: parts?.[place] ?? null,
      })),
    };
  }
}
