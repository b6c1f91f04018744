import { gatedFromLog } from '@rl-recsys/drr';
import { stateLayers } from '@rl-recsys/state';
import { sayPartlyKnown } from '../../comparison/partly-known.js';
import {
  drawingProgress,
  phases,
  progressOf,
  tryingProgress,
  type Progress,
} from '../../terminal/progress.js';
import { rewardsOf } from '../drr-options.js';
import { settleGamma } from '../settle-gamma.js';
import type { LogContext, MadeOnLog } from '../variant.js';
import type { GatedOptions } from './options.js';

/** The default variant for a log: an agent over strong blocks that learns in sessions over the whole catalogue. */
export async function makeOnLog({ log, options, random }: LogContext<GatedOptions>): Promise<MadeOnLog> {
  const { steps, batchSize, gamma, historySize, sessionLength, stateModule, replay } = options;
  const { sequenceBlock, goal } = options;
  sayPartlyKnown(['EASE', 'SLIT'], log);
  const progress = phases();
  progress.begin(blocksProgress);
  try {
    const made = await gatedFromLog(log, {
      ...{ steps, batchSize, gamma, historySize, sessionLength, sequenceBlock, goal, random },
      stateLayer: stateLayers[stateModule],
      ...(replay === 'prioritized' && { prioritized: {} }),
      ...rewardsOf(options),
      onFit: (done, total) => progress.begin(blocksProgress).show(done, total),
      onPool: (done, total) => progress.begin(drawingProgress).show(done, total),
      onTry: (done, total) => progress.begin(tryingProgress).show(done, total),
    });
    progress.stop();
    const { lookingAhead } = made;
    if (!lookingAhead) return made;
    return { ...made, settled: settleGamma(lookingAhead, 'NDCG@10 for users apart', 4) };
  } finally {
    progress.stop();
  }
}

const blocksProgress = (): Progress => progressOf('embeddings', 'fits');
