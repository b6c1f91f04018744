import type { LogContext, LogVariant } from '../variant.js';
import { onLogOptions, type GatedOptions } from './options.js';

/** DRR's default variant on a log: it weighs strong blocks of scores, and learns on the whole catalogue. */
export const gated: LogVariant = {
  name: 'gated',
  about: 'starts at the best mix of strong recommenders and learns for whom each should count more',
  options: onLogOptions,
  reasons: {
    embeddingSize: 'the vectors of the gated variant are those of one of its blocks',
    stateSignal: 'actor and critics of the gated variant have a state module each',
    algorithm: 'the gated variant has two critics in any case',
    trainableEmbeddings: 'the gated variant ranks by scores and not by vectors alone',
    sessions: 'sessions with a log are played side by side in any case',
  },
  remembers: 'liked',
  fewestRatings: () => 2, // one to look back at and one to show
  async make(context: LogContext<GatedOptions>) {
    const { makeOnLog } = await import('./on-log.js');
    return makeOnLog(context);
  },
  async compare({ parts }, train) {
    if ('tables' in parts)
      throw new TypeError(`policy: expected one of pasts, got ${parts.savedPolicy.kind}`);
    const { besideBlocks } = await import('./beside-blocks.js');
    return besideBlocks(parts.policy, train);
  },
};
