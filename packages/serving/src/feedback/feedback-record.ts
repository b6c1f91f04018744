import type { RatedItem } from '@rl-recsys/recommender';
import type { AnsweredItem, Arm, Mode } from '../contract/answer.js';
import type { RecommendationRequest } from '../contract/recommendation-request.js';

/** An answer with all that it was made from: enough to compute it again, and to judge what another policy would have answered. */
export interface RecommendationRecord {
  readonly kind: 'recommendation';
  readonly eventId: string;
  /** Milliseconds since 1970, never less than in the record before. */
  readonly at: number;
  /** As it was asked, without an event id. */
  readonly request: RecommendationRequest;
  /** What the user's rewards told beyond the model's log, as the policy took them. */
  readonly since?: readonly RatedItem[] | undefined;
  /** What the visit had shown and earned before, as a policy took it that plans visits. */
  readonly visit?: readonly RatedItem[] | undefined;
  readonly model: string;
  readonly arm: Arm;
  readonly mode: Mode;
  /** T of the softmax that was drawn from. */
  readonly temperature: number;
  /** What ranked the pool: then utilities are its scores, or log(1 + score) of what is popular. None where nobody was asked. */
  readonly by: 'policy' | 'popularity' | 'nobody';
  /** The items that were drawn from, best first; none where nobody was asked. */
  readonly pool: readonly string[];
  /** What was answered. */
  readonly items: readonly AnsweredItem[];
  /** Whether the policy's best item is the baseline's first; undefined where there is no baseline, or no policy was asked. */
  readonly agreed?: boolean | undefined;
}

/** What an item earned. */
export interface RewardRecord {
  readonly kind: 'reward';
  /** The caller's id. */
  readonly id: string;
  readonly at: number;
  /** The recommendation that it answers, where there was one. */
  readonly eventId?: string | undefined;
  readonly user?: string | undefined;
  readonly item: string;
  readonly reward: number;
}

/** That a recommendation was shown which was not to count before. */
export interface ActivationRecord {
  readonly kind: 'activation';
  readonly at: number;
  readonly eventId: string;
}

/** A line of a feedback log. */
export type FeedbackRecord = RecommendationRecord | RewardRecord | ActivationRecord;

/** Whose record it is, where it is somebody's. */
export function userOf(record: FeedbackRecord): string | undefined {
  if (record.kind === 'recommendation') return record.request.user;
  return record.kind === 'reward' ? record.user : undefined;
}
