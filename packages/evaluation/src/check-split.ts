import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';

/**
 * @throws RangeError where the two logs are not two parts of one: their sizes or scales differ, or
 * a held-out item is in its user's training log, from where its rating would leak.
 */
export function checkSplit(train: RatingLog, test: RatingLog): void {
  for (const size of ['userCount', 'itemCount'] as const) {
    if (train[size] !== test[size]) {
      throw new RangeError(`test.${size}: expected ${train[size]} as in train, got ${test[size]}`);
    }
  }
  if (train.scale.min !== test.scale.min || train.scale.max !== test.scale.max) {
    const { min, max } = test.scale;
    throw new RangeError(
      `test.scale: expected ${train.scale.min} to ${train.scale.max} as in train, got ${min} to ${max}`,
    );
  }
  const trainedBy = new Int32Array(train.itemCount).fill(-1);
  for (let user = 0; user < train.userCount; user++) {
    const trained = rowsOf(train, user);
    for (let row = trained.start; row < trained.end; row++) trainedBy[train.items[row]!] = user;
    const { start, end } = rowsOf(test, user);
    for (let row = start; row < end; row++) {
      const item = test.items[row]!;
      if (trainedBy[item] === user) {
        throw new RangeError(`train: expected no held-out rating, got item ${item} of user ${user}`);
      }
    }
  }
}
