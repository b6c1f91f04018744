export { averageOf } from './average-of.js';
export { epsilonGreedy } from './baselines/epsilon-greedy.js';
export { itemMeanPolicy } from './baselines/item-mean.js';
export { linearUcbPolicy, type LinearUcbOptions } from './baselines/linear-ucb.js';
export {
  onlineFactorizationPolicy,
  type OnlineFactorizationOptions,
} from './baselines/online-factorization.js';
export { oraclePolicy } from './baselines/oracle.js';
export { popularityPolicy } from './baselines/popularity.js';
export { randomPolicy } from './baselines/random.js';
export { assertPolicy } from './check/assert-policy.js';
export { checkPolicy, type CheckPolicyOptions } from './check-policy.js';
export { rankCatalogue } from './catalogue-ranking.js';
export {
  evaluateFullRanking,
  type ExposureSummary,
  type FullRankingResult,
} from './evaluate-full-ranking.js';
export { evaluateReranking } from './evaluate-reranking.js';
export { historyPolicy, type HistoryScorer } from './history-policy.js';
export { leakWarning, type LeakOptions, type LeakReport } from './leak.js';
export { areaUnderCurveOf } from './metrics/area-under-curve.js';
export { averagePrecisionAt } from './metrics/average-precision.js';
export { clickThroughRateOf } from './metrics/click-through-rate.js';
export { cosineSimilarity, diversityOf, jaccardSimilarity, type Similarity } from './metrics/diversity.js';
export { coverageOf, exposureOf, giniOf } from './metrics/exposure.js';
export { gradedNdcgAt } from './metrics/graded-ndcg.js';
export { hitRateAt, precisionAt, recallAt } from './metrics/hits.js';
export { ndcgAt } from './metrics/ndcg.js';
export { noveltyOf, selfInformationOf } from './metrics/novelty.js';
export { meanAbsoluteError, rootMeanSquaredError } from './metrics/prediction-error.js';
export { rPrecision } from './metrics/r-precision.js';
export { reciprocalRankAt } from './metrics/reciprocal-rank.js';
export { repeatRateOf } from './metrics/repeat-rate.js';
export { serendipityAt } from './metrics/serendipity.js';
export { evaluateNextItem, rankNextItem } from './next-item.js';
export type { VectorTable } from './vector-table.js';
export { type Policy, scoredBy } from './policy.js';
export type { RankedList, RankingProtocol } from './ranked-list.js';
export {
  rankingMeasures,
  type CutoffScores,
  type CutoffSummary,
  type RankingMeasure,
  type RankingResult,
} from './ranking-result.js';
export { rerank } from './reranking.js';
export { meanOverSeeds } from './statistics/mean-over-seeds.js';
export { bootstrapDifference, bootstrapMean, type BootstrapOptions } from './statistics/bootstrap.js';
export type { Interval } from './statistics/interval.js';
export {
  differencesTo,
  intervalsOf,
  seedIntervals,
  type CutoffIntervals,
} from './statistics/ranking-intervals.js';
export { studentInterval } from './statistics/student.js';
export { evaluateSessions, type SessionProtocol } from './sessions/evaluate-sessions.js';
export { isLearning, type LearningPolicy, type SessionStep } from './sessions/learning-policy.js';
export type {
  SessionMeasure,
  SessionResult,
  SessionScores,
  ShownSession,
} from './sessions/session-result.js';
