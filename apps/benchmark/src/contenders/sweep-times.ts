import type { FitProgress } from '@rl-recsys/embeddings';

/** Milliseconds of each sweep of a fit but the first, which begins with the fit's preparation. */
export function sweepTimes<Model>(fit: (onIteration: (progress: FitProgress) => void) => Model): {
  model: Model;
  times: number[];
} {
  const ends: number[] = [];
  const model = fit(() => void ends.push(performance.now()));
  return { model, times: ends.slice(1).map((end, place) => end - ends[place]!) };
}
