import type { Ranked } from './columns.js';

/** K, how many items the tables look at, where users have as many. */
export const USUAL_CUTOFFS: Readonly<Record<Ranked, number>> = { fullRanking: 10, reranking: 5 };
