import { Random } from './random.js';
import type { SavedState } from './savable.js';

/**
 * A saved state in which each stream of random numbers is the fork of itself that `label` names; all else is the same value.
 *
 * For parts that were made alike and are to draw different numbers, such as the actors of one learner:
 * `agent.restore(forkStreams(agent.state(), 'actor 3'))`.
 */
export function forkStreams(state: SavedState, label: string): SavedState {
  if (typeof state !== 'object' || state === null || ArrayBuffer.isView(state)) return state;
  if (Array.isArray(state)) return state.map((each: SavedState) => forkStreams(each, label));
  const record = state as { readonly [name: string]: SavedState };
  if (isStream(record)) return Random.fromState(record).fork(label).state();
  return Object.fromEntries(Object.entries(record).map(([name, each]) => [name, forkStreams(each, label)]));
}

/** What {@link Random.state} gives: nothing else has these two names alone. */
function isStream(record: { readonly [name: string]: SavedState }): boolean {
  const { path, words, ...others } = record;
  return typeof path === 'string' && Array.isArray(words) && Object.keys(others).length === 0;
}
