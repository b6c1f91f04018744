import { z } from 'zod';

const positiveInteger = z.int().positive();
const column = z.string().min(1);

/** What a run was started with: checked when it is given, saved with the run, checked when it is read. */
export const trainOptionsSchema = z
  .strictObject({
    dataset: z.enum(['synthetic', 'ml-100k', 'ml-1m', 'csv']).default('synthetic'),
    env: z.string().min(1).optional(),
    data: z.string().optional(),
    ratings: z.string().optional(),
    userColumn: column.default('user'),
    itemColumn: column.default('item'),
    ratingColumn: column.default('rating'),
    timeColumn: column.optional(),
    scale: z.tuple([z.number(), z.number()]).optional(),
    seed: z.int().default(1),
    steps: positiveInteger.default(1500),
    embeddingSize: z.int().min(2).default(100),
    historySize: positiveInteger.default(10),
    sessionLength: positiveInteger.default(10),
    batchSize: positiveInteger.default(64),
    gamma: z.number().min(0).lt(1).default(0.9),
    stateSignal: z.enum(['actor', 'critic', 'both']).default('actor'),
    runs: z.string().min(1).default('runs'),
    name: z
      .string()
      .regex(/^\w[\w.-]*$/, 'expected letters, digits, ., _ and - only')
      .optional(),
  })
  .refine(({ env, dataset }) => env === undefined || dataset === 'synthetic', {
    path: ['env'],
    message: 'expected without --dataset, since an environment brings its own users',
  })
  .refine(({ dataset, data }) => data === undefined || dataset.startsWith('ml-'), {
    path: ['data'],
    message: 'expected --dataset ml-100k or ml-1m beside it',
  })
  .refine(({ dataset, ratings }) => (ratings !== undefined) === (dataset === 'csv'), {
    path: ['ratings'],
    message: 'expected with --dataset csv, and only there',
  });

export type TrainOptions = z.infer<typeof trainOptionsSchema>;

/** The options that a command line gave, with defaults for the others. */
export function parseTrainOptions(given: Record<string, unknown>): TrainOptions {
  const parsed = trainOptionsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const option = String(path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new Error(`--${option}: ${message}`);
}
