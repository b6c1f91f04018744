import { onOrOff, positiveInteger, type Options, type ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import type { EnvironmentRunOptions } from '../variant.js';
import {
  autoGammaOption,
  baselinesOption,
  drrOptions,
  historySizeOption,
  sessionLengthOption,
} from '../drr-options.js';

const trainableEmbeddings = onOrOff("train the items' vectors too, in actor and critics");

/** Found on validation slices of MovieLens. */
export const onLogOptions = {
  ...drrOptions({ steps: 30_720, batchSize: 128, gamma: 0.5, replay: 'uniform' }),
  historySize: historySizeOption(),
  baselines: baselinesOption(),
  sessionLength: sessionLengthOption(),
  trainableEmbeddings,
} satisfies Options;

/** What a run of this variant on a log was started with. */
export type ResidualOptions = RunOptions & ValuesOf<typeof onLogOptions>;

/** Found on users who are not measured; the history tells how much of a session is left. */
export const inSessionsOptions = {
  ...drrOptions({
    ...{ steps: 96_000, batchSize: 128, gamma: 0.98 },
    ...{ replay: 'uniform', stateModule: 'decaying-sums' },
  }),
  historySize: historySizeOption(20),
  baselines: baselinesOption(),
  trainableEmbeddings,
} satisfies Options;

/** What a run of this variant in sessions was started with. */
export type ResidualInSessionsOptions = RunOptions & ValuesOf<typeof inSessionsOptions>;

/** Shorter than with a simulator of ours: an environment may be slow. */
export const onEnvironmentOptions = {
  ...drrOptions({
    ...{ steps: 20_000, batchSize: 128, gamma: 0.9 },
    ...{ replay: 'uniform', stateModule: 'decaying-sums' },
  }),
  gamma: autoGammaOption(),
  sessions: positiveInteger('how many of your environment are played side by side', 16),
} satisfies Options;

/** What a run of this variant on an environment was started with. */
export type ResidualOnEnvironmentOptions = EnvironmentRunOptions & ValuesOf<typeof onEnvironmentOptions>;
