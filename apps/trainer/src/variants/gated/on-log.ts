import { gatedFromLog } from '@rl-recsys/drr';
import { stateLayers } from '@rl-recsys/state';
import { fittingProgress } from '../../terminal/progress.js';
import type { LogContext, MadeOnLog } from '../variant.js';
import type { GatedOptions } from './options.js';

/** The default variant for a log: an agent over strong blocks that learns in sessions over the whole catalogue. */
export async function makeOnLog({ log, options, random }: LogContext<GatedOptions>): Promise<MadeOnLog> {
  const { steps, batchSize, gamma, historySize, sessionLength, stateModule, replay } = options;
  const { sequenceBlock, goal } = options;
  const progress = fittingProgress('fits');
  try {
    return await gatedFromLog(log, {
      ...{ steps, batchSize, gamma, historySize, sessionLength, sequenceBlock, goal, random },
      stateLayer: stateLayers[stateModule],
      ...(replay === 'prioritized' && { prioritized: {} }),
      onFit: progress.show,
    });
  } finally {
    progress.stop();
  }
}
