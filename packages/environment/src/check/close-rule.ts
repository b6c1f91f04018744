import type { Environment } from '../environment.js';
import { inTime } from '../in-time.js';
import { attempt } from './attempt.js';
import { error, type Finding } from './finding.js';

/** Finds whether `close` fails, at once or the second time. */
export async function* closeRule(
  environment: Environment<unknown, unknown>,
  timeout: number,
): AsyncGenerator<Finding> {
  for (const call of ['close()', 'the second close()']) {
    const closed = await attempt(() => inTime('close', environment.close?.(), timeout));
    if (closed.ok) continue;
    yield error(
      'close-twice',
      `${call} threw ${closed.failure}`,
      'do nothing in close where it is closed already',
    );
    return;
  }
}
