import { residualFromLog } from '@rl-recsys/drr';
import { stateLayers } from '@rl-recsys/state';
import { fittingProgress } from '../../terminal/progress.js';
import { rewardsOf } from '../drr-options.js';
import type { LogContext, MadeOnLog } from '../variant.js';
import type { ResidualOptions } from './options.js';

/** The default variant for a log that is played back. */
export function makeOnLog({ log, options, random }: LogContext<ResidualOptions>): MadeOnLog {
  const { steps, batchSize, gamma, historySize, sessionLength, stateModule, replay } = options;
  const progress = fittingProgress('fits');
  try {
    return residualFromLog(log, {
      ...{ steps, batchSize, gamma, historySize, sessionLength, random },
      stateLayer: stateLayers[stateModule],
      trainableItems: options.trainableEmbeddings,
      ...(replay === 'prioritized' && { prioritized: {} }),
      ...rewardsOf(options),
      onFit: progress.show,
    });
  } finally {
    progress.stop();
  }
}
