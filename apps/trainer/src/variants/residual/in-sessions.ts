import { fitPlanningBlocks, planningGates, residualInSimulator } from '@rl-recsys/drr';
import { stateLayers } from '@rl-recsys/state';
import { fittingProgress } from '../../terminal/progress.js';
import { rewardsOf } from '../drr-options.js';
import type { LogContext, MadeOnLog } from '../variant.js';
import type { ResidualInSessionsOptions } from './options.js';

/**
 * The default variant where there is a simulator to learn in: its vectors come from the log, what to show from
 * sessions with simulated users.
 */
export function makeInSessions({
  log,
  options,
  simulator,
  random,
}: LogContext<ResidualInSessionsOptions>): MadeOnLog {
  const { steps, batchSize, gamma, historySize, stateModule, replay } = options;
  if (simulator === undefined) throw new TypeError('simulator: expected one to learn in, got undefined');
  const progress = fittingProgress('fits', 1);
  const { users, items, fittedOn, blocks, foldIn } = fitPlanningBlocks(log, random.fork('embeddings'));
  progress.show(1);
  progress.stop();

  const tables = { users, items, fittedOn: fittedOn.slice(0, 1) }; // all blocks have seen the same log
  const visits = random.fork('environment');
  const made = residualInSimulator({
    ...{ ...tables, blocks, gates: planningGates },
    ...{ steps, batchSize, gamma, historySize, random },
    candidateCount: Math.min(32, items.rows),
    stateLayer: stateLayers[stateModule],
    trainableItems: options.trainableEmbeddings,
    ...(replay === 'prioritized' && { prioritized: {} }),
    ...rewardsOf(options),
    makeEnvironment: (session) => simulator({ historySize, random: visits.fork(String(session)) }),
  });
  return { ...made, tables, foldIn };
}
