import type { Options, ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import { drrOptions, historySizeOption, sessionLengthOption } from '../drr-options.js';

/** Found on validation slices of MovieLens. */
export const onLogOptions = {
  ...drrOptions({ steps: 61_440, batchSize: 128, gamma: 0, replay: 'uniform' }),
  historySize: historySizeOption(),
  sessionLength: sessionLengthOption(8),
} satisfies Options;

/** What a run of this variant was started with. */
export type GatedOptions = RunOptions & ValuesOf<typeof onLogOptions>;
