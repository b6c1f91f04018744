import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What a trial has of its own: where its run is, and that nobody looks at it. */
export const OWN_OPTIONS = ['name', 'runs', 'watch'] as const;

/** One training of a sweep. What of it goes to another machine and comes back is checked there and here. */
export const trialSchema = z.strictObject({
  /** The options of `train`. */
  options: z
    .record(z.string(), z.json())
    .refine((options) => !OWN_OPTIONS.some((name) => Object.hasOwn(options, name)), {
      message: `expected none of ${OWN_OPTIONS.join(', ')}, which a trial has of its own`,
    }),
  /** Which figure of its metrics it is judged by. */
  figure: z.string(),
});

export type Trial = z.output<typeof trialSchema>;

export const outcomeSchema = z.strictObject({
  /** The figure; null where the training failed. */
  value: z.number().nullable(),
  /** What `train` printed as its result, such as the table of a log. */
  result: z.json(),
  /** Why it failed, in one sentence. */
  error: z.string().nullable(),
  seconds: z.number(),
});

/** What a trial came to. */
export type Outcome = z.output<typeof outcomeSchema>;

/** The same trial has the same name, in whatever order its options are given. */
export function nameOf({ options, figure }: Trial): string {
  const sorted = Object.entries(options).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([sorted, figure]))
    .digest('hex')
    .slice(0, 16);
}

/** Runs trials, here or elsewhere, as many at once as it can. */
export interface TrialRunner {
  run(trial: Trial): Promise<Outcome>;
  close(): Promise<void>;
}
