import { goalNames } from '@rl-recsys/drr/gated/goal-names';
import { sequenceBlockNames } from '@rl-recsys/drr/gated/sequence-block-names';
import { oneOf, oneOfOrNone, type Options, type ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import {
  autoGammaOption,
  baselinesOption,
  drrOptions,
  historySizeOption,
  sessionLengthOption,
} from '../drr-options.js';

/** Found on validation slices of MovieLens. */
export const onLogOptions = {
  ...drrOptions({ steps: 61_440, batchSize: 256, gamma: 0, replay: 'uniform' }),
  gamma: autoGammaOption(),
  historySize: historySizeOption(),
  baselines: baselinesOption(),
  sessionLength: sessionLengthOption(8),
  goal: oneOf(
    goalNames,
    'what it should be good for: all that users like later, or what they take next',
    'likes',
  ),
  sequenceBlock: oneOfOrNone(
    sequenceBlockNames,
    'a model of order as one more block, which takes minutes to fit',
  ),
} satisfies Options;

/** What a run of this variant was started with. */
export type GatedOptions = RunOptions & ValuesOf<typeof onLogOptions>;
