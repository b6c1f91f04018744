import type { Environment } from '../environment.js';
import { attempt } from './attempt.js';
import { error, type Finding } from './finding.js';

/** Finds whether `close` fails, at once or the second time. */
export async function* closeRule(environment: Environment<unknown, unknown>): AsyncGenerator<Finding> {
  for (const call of ['close()', 'the second close()']) {
    const closed = await attempt(() => environment.close?.());
    if (closed.ok) continue;
    yield error(
      'close-twice',
      `${call} threw ${closed.failure}`,
      'do nothing in close where it is closed already',
    );
    return;
  }
}
