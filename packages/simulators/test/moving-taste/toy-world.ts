import { MovingTasteWorld, type MovingTasteWorldOptions } from '../../src/index.js';

/** One user and three items: nourishing and clickbait of a topic that they like, and one of another topic. */
export function toyWorld(changes: Partial<MovingTasteWorldOptions> = {}): MovingTasteWorld {
  return new MovingTasteWorld({
    topicCount: 2,
    tastes: [0.5, -0.2],
    topics: [0, 0, 1],
    bait: [0, 1, 0.5],
    quality: [0.1, 0, -0.1],
    ...changes,
  });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
