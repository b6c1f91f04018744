export { IdMap } from './id-map.js';
export { createRatingLog, type RatingColumns, type RatingLog } from './rating-log.js';
export { isLiked, rewardOf, type RatingScale } from './rating-scale.js';
export { splitByTime, type TimeSplit } from './split.js';
