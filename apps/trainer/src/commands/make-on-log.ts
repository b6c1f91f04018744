import { Random } from '@rl-recsys/random';
import type { RatingLog, TimeSplit } from '@rl-recsys/rating-log';
import { checksumOf } from '@rl-recsys/storage';
import type { LogRunOptions } from '../options/run-options.js';
import { logScenarioOf, logVariantOf } from '../scenarios/index.js';
import type { LoadedLog } from '../scenarios/scenario.js';
import { say } from '../terminal/output.js';
import { whileShown } from '../terminal/progress.js';
import type { LogVariant, MadeOnLog } from '../variants/variant.js';
import { assertEnoughRatings, withoutLikes } from './training-part.js';

/** An agent that is ready to be trained on a log, and what it was made from. */
export interface PreparedLog {
  readonly dataset: LoadedLog['dataset'];
  readonly split: TimeSplit;
  /** Tells the ratings apart. */
  readonly data: string;
  readonly variant: LogVariant;
  readonly made: MadeOnLog;
}

/**
 * Reads the log that options name, holds out what is tested on, and makes the agent of the rest: the same options on the same ratings make
 * the same agent.
 *
 * @param assertData - refuses ratings that are others than expected, before anything is fitted.
 */
export async function makeOnLog(
  options: LogRunOptions,
  assertData: (data: string) => void,
): Promise<PreparedLog> {
  const { seed } = options;
  const [scenario, variant] = [logScenarioOf(options), logVariantOf(options)];
  const { dataset, lines } = await whileShown('reading', async () => scenario.load(options));
  for (const line of lines) say(line);
  const split = scenario.holdOut(dataset.log, seed);
  const data = checksumOfLog(dataset.log);
  assertData(data);
  assertEnoughRatings(dataset.log, split, variant.fewestRatings(options));
  const warning = withoutLikes(split);
  if (warning !== undefined) say(warning);

  // Vectors and agent learn from the training part alone: what has seen the held-out ratings ranks them too well.
  const made = await variant.make({
    ...{ log: split.train, options, random: Random.fromSeed(seed) },
    simulator: await scenario.simulator?.(options),
  });
  return { dataset, split, data, variant, made };
}

/** Tells logs apart, so that a run goes on with the ratings that it was started with. */
function checksumOfLog({ offsets, items, ratings, timestamps }: RatingLog): string {
  const parts = [offsets, items, ratings, timestamps].map((array) =>
    checksumOf(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
  );
  return checksumOf(new TextEncoder().encode(parts.join()));
}
