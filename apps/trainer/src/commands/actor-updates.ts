import type { TrainingMetrics } from '@rl-recsys/agent';

/** Whether the actor was updated since the last line. */
export function actorLearned({ figures }: TrainingMetrics): boolean {
  return Number.isFinite(figures['actorLoss']);
}

/** What to say of a training that was over before the first update of its actor. */
export const WITHOUT_ACTOR_UPDATES =
  'training was over before the first update of the actor, which has not learned yet: more --steps';
