import { z } from 'zod';
import { oneOf, readNumber, type Option, type Options, type ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import type { EnvironmentRunOptions } from '../variant.js';
import { baselinesOption, drrOptions, historySizeOption, sessionLengthOption } from '../drr-options.js';

const learning = {
  algorithm: oneOf(['ddpg', 'td3'], 'how actor and critic learn', 'ddpg'),
  stateSignal: oneOf(['actor', 'critic', 'both'], 'whose loss trains the state module', 'actor'),
};

/** γ and replay are the paper's. */
export const onLogOptions = {
  ...drrOptions({ steps: 1_500, batchSize: 64, gamma: 0.9, replay: 'prioritized' }),
  historySize: historySizeOption(),
  baselines: baselinesOption(),
  sessionLength: sessionLengthOption(),
  embeddingSize: {
    argument: '<k>',
    help: 'numbers in a vector of a user or an item',
    schema: z.int().min(2).default(100),
    read: readNumber,
  } satisfies Option<number>,
  ...learning,
} satisfies Options;

/** What a run of this variant on a log was started with. */
export type PaperOptions = RunOptions & ValuesOf<typeof onLogOptions>;

export const onEnvironmentOptions = {
  ...drrOptions({ steps: 64_000, batchSize: 64, gamma: 0.95, replay: 'prioritized' }),
  ...learning,
} satisfies Options;

/** What a run of this variant on an environment was started with. */
export type PaperOnEnvironmentOptions = EnvironmentRunOptions & ValuesOf<typeof onEnvironmentOptions>;
