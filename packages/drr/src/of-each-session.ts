import { copySaved, type SavedState } from '@rl-recsys/random';

/**
 * A copy of what an actor keeps for each session, of a saved state: null for a session that it has not met.
 *
 * @param isOne - whether a value is what it keeps.
 * @throws TypeError where one is not.
 */
export function ofEachSession<T extends SavedState>(
  name: string,
  saved: SavedState | undefined,
  isOne: (value: SavedState) => boolean,
): T[] {
  if (Array.isArray(saved) && saved.every((value: SavedState) => value === null || isOne(value)))
    return copySaved(saved) as T[];
  throw new TypeError(`state.${name}: expected what each session was shown, got something else`);
}
