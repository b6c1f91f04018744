import { savedRecord, type Savable, type SavedState } from '@rl-recsys/random';

/**
 * Restores an agent by what a training was saved as, and gives all of that. Where a function gives it, its large arrays become the agent's
 * own.
 *
 * @param names - of its parts: `agent`, and others that the caller restores.
 * @throws TypeError where a part is missing, or the agent refuses its own; nothing has changed then.
 */
export function restoreTraining<Name extends string>(
  agent: Pick<Savable, 'restore' | 'adopt'>,
  resume: SavedState | (() => SavedState),
  names: readonly ('agent' | Name)[],
): Readonly<Record<'agent' | Name, SavedState>> {
  const isGiven = typeof resume === 'function';
  const saved = savedRecord(isGiven ? resume() : resume, 'resume', names);
  if (isGiven && agent.adopt) agent.adopt(saved.agent);
  else agent.restore(saved.agent);
  return saved;
}
