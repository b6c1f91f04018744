import { recommendsItems } from '../space-kind.js';
import type { EnvironmentVariant, LogContext, LogVariant } from '../variant.js';
import {
  onEnvironmentOptions,
  onLogOptions,
  type PaperOnEnvironmentOptions,
  type PaperOptions,
} from './options.js';

const reasons = {
  trainableEmbeddings: 'the paper keeps its vectors as they are',
  goal: 'the paper tunes no mix of scores',
  sequenceBlock: 'the paper has one table of vectors',
  sessions: 'the paper plays one session at a time',
};

/** DRR to the letter of the paper. */
export const paper: LogVariant = {
  name: 'paper',
  about: 'DRR to the letter of the paper',
  options: onLogOptions,
  reasons,
  remembers: 'liked',
  // One before a session, and as many as it shows.
  fewestRatings: (options) => 1 + (options as PaperOptions).sessionLength,
  async make(context: LogContext<PaperOptions>) {
    const { makeOnLog } = await import('./on-log.js');
    return makeOnLog(context);
  },
  async compare({ parts }) {
    if (!('tables' in parts))
      throw new TypeError(`policy: expected one of vectors, got ${parts.policy.saved.kind}`);
    const { savedPolicy, tables } = parts;
    const { policyOnBackend, vectorPolicy } = await import('@rl-recsys/drr');
    return {
      policy: policyOnBackend(savedPolicy, tables),
      blocks: [vectorPolicy('matrix factorisation', tables)],
    };
  },
};

/** The same on an environment that recommends items and brings no vectors of them. */
export const paperOnEnvironment: EnvironmentVariant = {
  name: 'paper',
  about: 'DRR to the letter of the paper, where an environment recommends items',
  options: onEnvironmentOptions,
  reasons: {
    ...reasons,
    historySize: 'the environment says how many items its histories have',
    sessionLength: 'the environment says when a session ends',
    baselines: 'an environment has no log to fit them on',
    embeddingSize: 'each item of an environment is a dimension of its own, or a random direction',
  },
  learns: 'an environment that recommends items',
  fits: recommendsItems,
  async make(environment, options, random) {
    const { makeOnEnvironment } = await import('./on-environment.js');
    return makeOnEnvironment(environment, options as PaperOnEnvironmentOptions, random);
  },
};
