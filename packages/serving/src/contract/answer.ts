import type { Arm } from '@rl-recsys/off-policy';

export type { Arm };

/** Who decides what is shown. */
export type Mode =
  /** The policy, which explores. */
  | 'online'
  /** The caller, by their `baseline`; the policy is asked too, and counted is how often it agrees. */
  | 'apprentice'
  /** The caller, by their `baseline`; no policy is asked. */
  | 'logging-only';

/** All modes, in the order in which a service that is new would go through them, backwards. */
export const MODES: readonly Mode[] = ['online', 'apprentice', 'logging-only'];

/** An item of an answer. */
export interface AnsweredItem {
  readonly item: string;
  /** What the policy gave it; null where the caller decides and the policy has not looked at it. */
  readonly score: number | null;
  /** How likely it was to stand here, given those before it; 1 where nothing was left to chance. */
  readonly probability: number;
}

/** What a service answers. */
export interface Answer {
  /** What the recommendation is called: what it earned is told by this id. */
  readonly eventId: string;
  /** The version of the model. */
  readonly model: string;
  readonly arm: Arm;
  /** Best first; fewer than were asked for where there are not as many. */
  readonly items: readonly AnsweredItem[];
}

/** What became of an event. */
export interface EventOutcome {
  readonly id: string;
  /**
   * `accepted`: it is on the disk, as its recommendation is; `late`: that too, but after the waiting time, so that nothing will
   * be learned from it; `repeated`: it came before; `refused`: nothing was written, for the reason that `message` gives.
   */
  readonly status: 'accepted' | 'late' | 'repeated' | 'refused';
  readonly message?: string;
}
