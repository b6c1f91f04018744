import type { Options, ValuesOf } from '../../options/option.js';
import type { EnvironmentRunOptions } from '../variant.js';
import { batchSizeOption, gammaOption, rewardFlags, stepsOption } from '../drr-options.js';

export const options = {
  steps: stepsOption(64_000),
  batchSize: batchSizeOption(64),
  gamma: gammaOption(0.99),
  ...rewardFlags,
} satisfies Options;

/** What a run of this variant was started with. */
export type Td3Options = EnvironmentRunOptions & ValuesOf<typeof options>;
