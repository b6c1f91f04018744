import { readFileSync } from 'node:fs';
import { sequenceBlockNames } from '@rl-recsys/drr/gated/sequence-block-names';
import { stateLayerNames } from '@rl-recsys/state/state-layer-names';
import { z } from 'zod';

const dataset = z.enum(['ml-100k', 'ml-1m', 'jester']);
const variant = z.enum(['residual', 'paper']);
/** What is held out of each user's ratings: the newest fifth, or the last one. */
const heldOut = z.enum(['newest-fifth', 'last-item']);
const sequenceBlock = z.enum(['none', ...sequenceBlockNames]);
const stateModules = z.array(z.enum(stateLayerNames)).min(1);
const positiveInteger = z.int().positive();
const share = z.number().positive().max(1);

const sectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('baselines'), dataset }),
  z.strictObject({ kind: z.literal('log'), dataset, variant, stateModules }),
  z.strictObject({
    kind: z.literal('recommending'),
    dataset: z.enum(['ml-100k', 'ml-1m']),
    heldOut: z.array(heldOut).min(1),
    sequenceBlocks: z.array(sequenceBlock).min(1),
  }),
  z.strictObject({ kind: z.literal('ablations') }),
  z.strictObject({
    kind: z.literal('simulator'),
    dataset,
    stateModules,
    /** Whether all that DRR must be compared with plays too. */
    baselines: z.boolean(),
    sessions: positiveInteger,
    lengths: z.array(positiveInteger).min(1),
  }),
  z.strictObject({
    kind: z.literal('moving'),
    tasks: z.array(z.string()).min(1),
    stateModules,
    steps: positiveInteger,
    /** Side by side; what is left out is as its library has it. */
    sessions: positiveInteger.exactOptional(),
    /** ε falls from 1 to `to` in a share of training. */
    epsilon: z.strictObject({ to: share, within: share }).exactOptional(),
    /** How much of training the replay of an agent that plans holds. */
    replayed: share.exactOptional(),
    /** How far the averaged networks move at each update of the actor. */
    tau: share.exactOptional(),
  }),
]);

const ablationSchema = z.strictObject({
  title: z.string(),
  dataset,
  variant,
  rows: z.array(
    z.strictObject({
      label: z.string(),
      /** The last part of its experiments' ids but the seed; `drr-ave` is the variant as it is. */
      name: z.string(),
      options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    }),
  ),
});

const trained = {
  dataset,
  stateModule: stateModules.element,
  seed: z.int(),
  /** Items that training shows. */
  steps: positiveInteger.exactOptional(),
  historySize: positiveInteger.exactOptional(),
  replay: z.enum(['uniform', 'prioritized']).exactOptional(),
};

/** How DRR is trained on a log; what is left out is as its library has it. */
export const logOptionsSchema = z.discriminatedUnion('variant', [
  z.strictObject({
    ...{ ...trained, variant: z.literal('residual') },
    trainableEmbeddings: z.boolean().exactOptional(),
  }),
  z.strictObject({
    ...{ ...trained, variant: z.literal('paper') },
    embeddingSize: z.int().min(2).exactOptional(),
    algorithm: z.enum(['ddpg', 'td3']).exactOptional(),
  }),
]);

const configurationSchema = z.strictObject({
  seeds: z.array(z.int()).min(1),
  /** What is run, the most important first. */
  sections: z.array(sectionSchema),
  /** One option changed at a time; they run where `sections` says so. */
  ablations: z.array(ablationSchema),
});

export type Configuration = z.infer<typeof configurationSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type Ablation = z.infer<typeof ablationSchema>;
export type DatasetName = z.infer<typeof dataset>;
export type HeldOut = z.infer<typeof heldOut>;
export type VariantName = z.infer<typeof variant>;
export type LogOptions = z.infer<typeof logOptionsSchema>;
export type ResidualOptions = Extract<LogOptions, { variant: 'residual' }>;
export type PaperOptions = Extract<LogOptions, { variant: 'paper' }>;
export type StateModuleName = z.infer<typeof stateModules>[number];

/** @throws Error where the file says anything else than the schema; the place in it is named. */
export function readConfiguration(file: string): Configuration {
  const parsed = configurationSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
}
