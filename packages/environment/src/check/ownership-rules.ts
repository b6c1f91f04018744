import { error, type Finding } from './finding.js';
import { partsOf } from './copy.js';
import { firstDifference } from './first-difference.js';
import type { Event } from './play.js';

const change = 'hand out a copy each time (array.slice()): replay buffers keep what they get';

/** Finds observations that were written to, or given out again, after they had been handed out. */
export function* ownershipRules(events: readonly Event[]): Generator<Finding> {
  const owners = new Map<object, string>();
  for (const { call, outcome } of events) {
    if (!outcome.ok) continue;
    const { observation } = outcome.value.fields;
    const { observation: copy } = outcome.value.copy as { observation?: unknown };
    const changed = firstDifference(copy, observation, 'observation');
    if (changed !== undefined) {
      const { path, before, after } = changed;
      const seen = `${path} of ${call} was ${before} when it was handed out and ${after} later`;
      yield error('observation-kept', seen, change);
    }
    for (const [part, path] of partsOf(observation, 'observation')) {
      const owner = owners.get(part);
      if (owner !== undefined) {
        yield error('observation-kept', `${path} of ${call} was the same object as at ${owner}`, change);
      }
      owners.set(part, call);
    }
  }
}
