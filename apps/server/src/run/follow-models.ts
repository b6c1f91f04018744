import { warmUp, type RecommendationService } from '@rl-recsys/serving';
import { loadModels, pointerFile, readPointer } from '@rl-recsys/serving/folder';
import { followFile } from './follow-file.js';

/**
 * Lets a service answer by the versions that a run's pointer names, also when that changes: the next ones are loaded and warm
 * before they take over, between two batches.
 *
 * @returns ends it.
 */
export function followModels(run: string, service: RecommendationService): () => void {
  return followFile(pointerFile(run), async () => {
    const now = service.models;
    const next = await loadModels(run, await readPointer(run), now);
    for (const { recommender } of [next.serving, ...(next.canary ? [next.canary] : [])]) {
      const isKnown = [now.serving, now.canary].some((each) => each?.recommender === recommender);
      if (!isKnown) await warmUp(recommender, 64);
    }
    service.swap(next);
    console.log(modelsSentence(service));
  });
}

/** Which versions answer. */
export function modelsSentence({ models: { serving, canary } }: RecommendationService): string {
  const tried = canary ? `, version ${canary.version} is tried on ${canary.share * 100} % of sessions` : '';
  return `version ${serving.version} serves${tried}`;
}
