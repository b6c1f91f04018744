import type { SessionStep } from '@rl-recsys/agent';
import { NO_ITEM, type RecommendationObservation } from '@rl-recsys/environment';
import { copySaved, type Savable, type SavedState } from '@rl-recsys/random';
import type { NStepTransition, Transition } from '@rl-recsys/replay-buffer';
import type { RewardedHistory } from '../histories.js';
import { residualTransition, type ShownItem } from './transition.js';
import type { ResidualFields } from './transition-fields.js';

type ShownTransition = NStepTransition<RewardedHistory, ShownItem>;

/** Transitions of one session that end in the same state. */
interface Waiting {
  readonly session: number;
  /** Whether the session was cut off in that state, so that nothing is chosen there. */
  readonly isCutOff: boolean;
  /** Where it is cut off, their next observation has its candidates. */
  readonly transitions: readonly ShownTransition[];
}

const NONE: readonly never[] = [];

/**
 * Transitions that wait until the candidates of the state that they end in are ranked, since targets look for the best
 * of those. Where a session goes on that is when its next item is chosen.
 */
export class LookAhead implements Savable {
  private waiting: Waiting[] = [];
  private finished: Transition<ResidualFields>[] = [];
  /** What is stored of candidates where there are none. */
  private noItems: Int32Array = new Int32Array(0);

  /** @param transitions - what the step finished. */
  push(
    { session, terminated, truncated }: SessionStep<RecommendationObservation, number>,
    transitions: readonly ShownTransition[],
  ): void {
    const first = transitions[0];
    if (!first) return;
    if (terminated) this.finish(transitions, this.none(first.action.candidates.length));
    else this.waiting.push({ session, isCutOff: truncated, transitions });
  }

  /** The states in which sessions were cut off: they are to be ranked beside those in which an item is chosen. */
  cutOffs(): RecommendationObservation[] {
    return this.waiting
      .filter(({ isCutOff }) => isCutOff)
      .map(({ transitions: [first] }) => first!.nextObservation as RecommendationObservation);
  }

  /**
   * Finishes what waits.
   *
   * @param ranked - `[sessions]`: the stored candidates of the states in which sessions choose now.
   * @param atCutOffs - those of {@link LookAhead.cutOffs}, in that order.
   */
  complete(ranked: readonly Int32Array[], atCutOffs: readonly Int32Array[]): void {
    let cutOffs = 0;
    for (const { session, isCutOff, transitions } of this.waiting) {
      this.finish(transitions, isCutOff ? atCutOffs[cutOffs++]! : ranked[session]!);
    }
    this.waiting = [];
  }

  /** What is finished by now, once. */
  take(): readonly Transition<ResidualFields>[] {
    if (this.finished.length === 0) return NONE;
    const { finished } = this;
    this.finished = [];
    return finished;
  }

  /** Forgets what waits: the episodes were given up. */
  drop(): void {
    this.waiting = [];
  }

  state(): SavedState {
    const { waiting, finished } = this;
    return copySaved({ waiting, finished } as unknown as SavedState);
  }

  /** @throws TypeError where `state` is none of this kind; nothing has changed then. */
  restore(state: SavedState): void {
    const copy: unknown = copySaved(state);
    const { waiting, finished } = (copy ?? {}) as {
      waiting: Waiting[];
      finished: Transition<ResidualFields>[];
    };
    if (!Array.isArray(waiting) || !waiting.every(isWaiting) || !Array.isArray(finished)) {
      throw new TypeError(
        'state: expected transitions that wait and some that are finished, got something else',
      );
    }
    this.waiting = waiting;
    this.finished = finished;
  }

  private none(count: number): Int32Array {
    if (this.noItems.length !== count) this.noItems = new Int32Array(count).fill(NO_ITEM);
    return this.noItems;
  }

  private finish(transitions: readonly ShownTransition[], nextCandidates: Int32Array): void {
    for (const each of transitions) this.finished.push(residualTransition(each, nextCandidates));
  }
}

function isWaiting(value: unknown): value is Waiting {
  const { session, isCutOff, transitions } = (value ?? {}) as Partial<Waiting>;
  const hasCandidates = ({ action, nextObservation }: ShownTransition) =>
    action?.candidates instanceof Int32Array &&
    (!isCutOff || (nextObservation as RecommendationObservation | null)?.candidates instanceof Int32Array);
  return (
    Number.isSafeInteger(session) &&
    typeof isCutOff === 'boolean' &&
    Array.isArray(transitions) &&
    transitions.length > 0 &&
    transitions.every(hasCandidates)
  );
}
