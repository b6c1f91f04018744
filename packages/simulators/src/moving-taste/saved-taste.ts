import { savedArray, savedCount, savedNumber, savedRecord, type SavedState } from '@rl-recsys/random';
import type { MovingTasteWorld, TasteState } from './world.js';

/** Where a user stands within a session, as plain values. */
export function savedTaste({ user, satiation, mood, shown }: TasteState): SavedState {
  return { user, satiation: satiation.slice(), mood, shown };
}

/** @throws TypeError or RangeError where it is no state of a user of this world. */
export function tasteFrom(state: SavedState, { userCount, topicCount }: MovingTasteWorld): TasteState {
  const { user, satiation, mood, shown } = savedRecord(state, 'taste', [
    'user',
    'satiation',
    'mood',
    'shown',
  ]);
  return {
    user: savedCount(user, 'taste.user', userCount - 1),
    satiation: savedArray(satiation, 'taste.satiation', Float64Array, topicCount),
    mood: savedNumber(mood, 'taste.mood'),
    shown: savedCount(shown, 'taste.shown'),
  };
}
