export { ratingLogEnvironment, type RatingLogEnvironmentOptions } from './rating-log-environment.js';
export { syntheticRatingLog, type SyntheticRatingLogOptions } from './synthetic-rating-log.js';
