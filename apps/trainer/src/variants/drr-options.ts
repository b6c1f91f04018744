import type { RewardOptions } from '@rl-recsys/agent';
import { HISTORY_SIZE } from '@rl-recsys/environment';
import { stateLayerNames, type StateLayerName } from '@rl-recsys/state/state-layer-names';
import { z } from 'zod';
import { baselinesNames, type BaselinesName } from '../comparison/baselines-names.js';
import { oneOf, positiveInteger, readNumber, type Option } from '../options/option.js';

/** T, the items shown in a training session on a log: our choice. */
const SESSION_LENGTH = 10;

/** Defaults of what learns from sessions of recommendations. */
export interface DrrDefaults {
  readonly steps: number;
  readonly batchSize: number;
  readonly gamma: number;
  readonly replay: 'uniform' | 'prioritized';
  /** Default: the paper's best. */
  readonly stateModule?: StateLayerName;
}

/** What is made of rewards before they are learned from. */
interface RewardFlags {
  rewardScale: Option<number>;
  rewardClip: Option<number | undefined>;
}

/** What every variant of DRR takes. */
export function drrOptions({
  steps,
  batchSize,
  gamma,
  replay,
  stateModule = 'drr-ave',
}: DrrDefaults): RewardFlags & {
  stateModule: Option<StateLayerName>;
  replay: Option<'uniform' | 'prioritized'>;
  steps: Option<number>;
  batchSize: Option<number>;
  gamma: Option<number>;
} {
  return {
    steps: stepsOption(steps),
    stateModule: oneOf(stateLayerNames, 'what makes a state of a user and their history', stateModule),
    replay: oneOf(['uniform', 'prioritized'], 'how past steps are drawn', replay),
    batchSize: batchSizeOption(batchSize),
    gamma: gammaOption(gamma),
    ...rewardFlags,
  };
}

/** For rewards that are not about 1: values that networks can't tell apart are not learned. */
export const rewardFlags: RewardFlags = {
  rewardScale: {
    argument: '<factor>',
    help: 'what rewards are multiplied by before they are learned from, so that sums of them are about 1 to 100',
    schema: z.number().positive().default(1),
    read: readNumber,
  },
  rewardClip: {
    argument: '<limit>',
    help: 'rewards beyond plus or minus this, after scaling, are learned from as this (default: none are)',
    schema: z.number().positive().optional(),
    read: readNumber,
  },
};

/** The agent's options that those flags are. */
export function rewardsOf({
  rewardScale,
  rewardClip,
}: {
  readonly rewardScale: number;
  readonly rewardClip: number | undefined;
}): RewardOptions {
  return { rewardScale, ...(rewardClip !== undefined && { rewardClip }) };
}

export function stepsOption(usual: number): Option<number> {
  return positiveInteger('how many items are shown, or steps are made, in training', usual);
}

export function batchSizeOption(usual: number): Option<number> {
  return positiveInteger('transitions in an update', usual, '<N>');
}

export function gammaOption(usual: number): Option<number> {
  return {
    argument: '<share>',
    help: 'what a reward one step later is worth',
    schema: z.number().min(0).lt(1).default(usual),
    read: readNumber,
  };
}

/** Where γ can be chosen by what looking ahead earns. */
export function autoGammaOption(): Option<number | 'auto'> {
  const expected = 'expected auto or a number from 0 to below 1';
  return {
    argument: '<share>',
    help: 'what a reward one step later is worth; auto tries what looking ahead earns, and keeps 0 where it earns nothing',
    schema: z
      .union([z.literal('auto'), z.number().min(0, expected).lt(1, expected)], { error: expected })
      .default('auto'),
    read: readNumber,
  };
}

/** Where there is a table of a log to fill. */
export function baselinesOption(): Option<BaselinesName> {
  return oneOf(
    baselinesNames,
    'what else the table is to have: models that are fitted in seconds, or also BPR, GRU4Rec and SASRec',
    'closed-form',
  );
}

export function historySizeOption(usual: number = HISTORY_SIZE): Option<number> {
  return positiveInteger('items in the state', usual, '<n>');
}

/** Where a session lasts as long as training wants. */
export function sessionLengthOption(usual: number = SESSION_LENGTH): Option<number> {
  return positiveInteger('items shown in a training session on a log', usual, '<T>');
}
