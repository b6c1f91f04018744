import { td3 } from '@rl-recsys/ddpg';
import { drrFromLog, SWEEPS } from '@rl-recsys/drr';
import { stateLayers } from '@rl-recsys/state';
import { fittingProgress } from '../../terminal/progress.js';
import { rewardsOf } from '../drr-options.js';
import type { LogContext, MadeOnLog } from '../variant.js';
import type { PaperOptions } from './options.js';

/** DRR to the letter: Algorithm 1 on the vectors of a matrix factorisation. */
export function makeOnLog({ log, options, random }: LogContext<PaperOptions>): MadeOnLog {
  const { steps, batchSize, gamma, historySize, sessionLength, embeddingSize, stateModule } = options;
  const progress = fittingProgress('sweeps', SWEEPS);
  try {
    return drrFromLog(log, {
      ...{ steps, batchSize, gamma, historySize, sessionLength, embeddingSize, random },
      stateLayer: stateLayers[stateModule],
      encoderSignal: options.stateSignal,
      ...(options.algorithm === 'td3' && td3(random.fork('target smoothing'))),
      ...(options.replay === 'uniform' && { prioritized: false }),
      ...rewardsOf(options),
      onFit: ({ done }) => progress.show(done),
    });
  } finally {
    progress.stop();
  }
}
