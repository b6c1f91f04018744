export { countSeen, fingerprintOf, type Fingerprint } from './fingerprint.js';
export { IdMap } from './id-map.js';
export { kCore, type Core, type CoreMinima } from './k-core.js';
export { createRatingLog, type RatingColumns, type RatingLog } from './rating-log.js';
export { float32Scale, isLiked, leastLike, rewardOf, type RatingScale } from './rating-scale.js';
export { rowsOf, type UserRows } from './rows-of.js';
export {
  splitAtRandom,
  splitAtTime,
  splitByTime,
  splitLeaveLastOut,
  type TimeSplit,
  type RandomSplitOptions,
} from './split.js';
export { takeItems } from './take-items.js';
