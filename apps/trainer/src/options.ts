import { knownDatasetNames } from '@rl-recsys/datasets';
import { z } from 'zod';

const positiveInteger = z.int().positive();
const column = z.string().min(1);

/** What a run was started with: checked when it is given, saved with the run, checked when it is read. */
export const trainOptionsSchema = z
  .strictObject({
    dataset: z.enum(['moving-taste', 'csv', 'events', ...knownDatasetNames]).default('moving-taste'),
    env: z.string().min(1).optional(),
    data: z.string().optional(),
    ratings: z.string().optional(),
    userColumn: column.default('user'),
    itemColumn: column.default('item'),
    ratingColumn: column.optional(),
    eventColumn: column.optional(),
    clickColumn: column.optional(),
    weights: z.record(z.string(), z.number().min(0)).optional(),
    timeColumn: column.optional(),
    maxBadRows: z.int().min(0).default(0),
    minimumPerUser: positiveInteger.default(1),
    minimumPerItem: positiveInteger.default(1),
    itemsFile: z.string().min(1).optional(),
    titleColumn: column.optional(),
    categoryColumn: column.optional(),
    scale: z.tuple([z.number(), z.number()]).optional(),
    variant: z.enum(['residual', 'paper']).default('residual'),
    trainableEmbeddings: z.boolean().default(false),
    algorithm: z.enum(['ddpg', 'td3']).default('ddpg'),
    replay: z.enum(['uniform', 'prioritized']).optional(),
    stateModule: z.enum(['drr-ave', 'drr-p', 'drr-u', 'drr-att', 'gru']).default('drr-ave'),
    seed: z.int().default(1),
    steps: positiveInteger.optional(),
    embeddingSize: z.int().min(2).default(100),
    historySize: positiveInteger.optional(),
    sessionLength: positiveInteger.default(10),
    batchSize: positiveInteger.optional(),
    gamma: z.number().min(0).lt(1).optional(),
    stateSignal: z.enum(['actor', 'critic', 'both']).default('actor'),
    threads: positiveInteger.default(1),
    runs: z.string().min(1).default('runs'),
    name: z
      .string()
      .regex(/^\w[\w.-]*$/, 'expected letters, digits, ., _ and - only')
      .optional(),
  })
  .refine(({ env, dataset }) => env === undefined || dataset === 'moving-taste', {
    path: ['env'],
    message: 'expected without --dataset, since an environment brings its own users',
  })
  .refine(({ dataset, data }) => data === undefined || !['moving-taste', 'csv'].includes(dataset), {
    path: ['data'],
    message: 'expected --dataset events beside it, or the name of a known dataset',
  })
  .refine(({ dataset, data }) => data !== undefined || dataset !== 'events', {
    path: ['data'],
    message: 'expected the file, glob or folder of the events',
  })
  .refine(({ trainableEmbeddings, variant }) => !trainableEmbeddings || variant === 'residual', {
    path: ['trainableEmbeddings'],
    message: 'expected with the residual variant only: the paper keeps its vectors as they are',
  })
  .refine(({ algorithm, variant }) => algorithm === 'ddpg' || variant === 'paper', {
    path: ['algorithm'],
    message: 'expected with the paper variant only: ours has two critics and a delayed actor in any case',
  })
  .refine(({ eventColumn, weights }) => (eventColumn === undefined) === (weights === undefined), {
    path: ['weights'],
    message: 'expected with --event-column, and only there, such as view=1,purchase=5',
  })
  .refine(({ dataset, ratings }) => (ratings !== undefined) === (dataset === 'csv'), {
    path: ['ratings'],
    message: 'expected with --dataset csv, and only there',
  })
  .refine(
    ({ ratingColumn, eventColumn, clickColumn }) =>
      [ratingColumn, eventColumn, clickColumn].filter((given) => given !== undefined).length <= 1,
    {
      path: ['clickColumn'],
      message: 'expected one of --rating-column, --event-column and --click-column, got several',
    },
  )
  .refine(
    ({ scale, eventColumn, clickColumn }) =>
      scale === undefined || (eventColumn === undefined && clickColumn === undefined),
    { path: ['scale'], message: 'expected with ratings only: events and clicks have a scale of their own' },
  )
  .refine(({ titleColumn, itemsFile }) => titleColumn === undefined || itemsFile !== undefined, {
    path: ['titleColumn'],
    message: 'expected with --items-file, and only there',
  })
  .refine(({ categoryColumn, itemsFile }) => categoryColumn === undefined || itemsFile !== undefined, {
    path: ['categoryColumn'],
    message: 'expected with --items-file, and only there',
  })
  .transform((options) => ({ ...options, ...withDefaults(options) }));

export type TrainOptions = z.infer<typeof trainOptionsSchema>;

interface Defaults {
  readonly steps: number;
  readonly batchSize: number;
  readonly gamma: number;
  readonly historySize: number;
  readonly replay: 'uniform' | 'prioritized';
}

/** The paper's γ and replay; the others were found on validation slices of MovieLens, or on users not measured. */
const defaults = {
  residual: { steps: 30_720, batchSize: 128, gamma: 0.5, historySize: 10, replay: 'uniform' },
  planning: { steps: 64_000, batchSize: 128, gamma: 0.98, historySize: 20, replay: 'uniform' },
  paper: { steps: 1_500, batchSize: 64, gamma: 0.9, historySize: 10, replay: 'prioritized' },
} as const satisfies Record<string, Defaults>;

function withDefaults(
  given: { readonly variant: 'residual' | 'paper'; readonly dataset: string } & {
    [Option in keyof Defaults]?: Defaults[Option] | undefined;
  },
): Defaults {
  const usual: Defaults =
    given.variant === 'residual' && given.dataset === 'moving-taste'
      ? defaults.planning
      : defaults[given.variant];
  const { steps = usual.steps, batchSize = usual.batchSize, gamma = usual.gamma } = given;
  const { historySize = usual.historySize, replay = usual.replay } = given;
  return { steps, batchSize, gamma, historySize, replay };
}

/** The options that a command line gave, with defaults for the others. */
export function parseTrainOptions(given: Record<string, unknown>): TrainOptions {
  const parsed = trainOptionsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const option = String(path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new Error(`--${option}: ${message}`);
}
