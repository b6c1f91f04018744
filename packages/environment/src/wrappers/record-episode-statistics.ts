import {
  savedArray,
  savedCount,
  savedList,
  savedNumber,
  savedRecord,
  type SavedState,
} from '@rl-recsys/random';
import type { Environment, ResetResult, StepResult } from '../environment.js';
import { whenDone } from '../maybe-promise.js';
import { savedWith } from '../saving.js';
import { wrap } from './wrap.js';

/** What `info.episode` tells at the end of an episode. */
export interface EpisodeStatistics {
  /** The sum of its rewards, undiscounted. */
  readonly return: number;
  /** Its steps. */
  readonly length: number;
  /** How long it took, from its reset. */
  readonly seconds: number;
}

/** The last episodes, oldest first; an episode is added when it ends. */
export interface RecordsEpisodes {
  readonly returnQueue: readonly number[];
  readonly lengthQueue: readonly number[];
  /** Seconds. */
  readonly timeQueue: readonly number[];
}

/** How much is remembered. */
export interface RecordEpisodeStatisticsOptions {
  /** How many episodes the queues hold. Default 100, Gymnasium's. */
  readonly bufferLength?: number;
}

/**
 * The same environment, which adds `info.episode` (an {@link EpisodeStatistics}) to the last step of
 * each episode and keeps the figures of the last ones: Gymnasium's `RecordEpisodeStatistics`.
 *
 * An episode that is reset before its end is not counted.
 *
 * @throws RangeError where `bufferLength` is not a positive integer.
 * @throws Error from `step` where the environment's own info already has an `episode`.
 */
export function recordEpisodeStatistics<Observation, Action>(
  environment: Environment<Observation, Action>,
  { bufferLength = 100 }: RecordEpisodeStatisticsOptions = {},
): Environment<Observation, Action> & RecordsEpisodes {
  if (!Number.isSafeInteger(bufferLength) || bufferLength < 1) {
    throw new RangeError(`bufferLength: expected a positive integer, got ${bufferLength}`);
  }
  const returnQueue: number[] = [];
  const lengthQueue: number[] = [];
  const timeQueue: number[] = [];
  let episodeReturn = 0;
  let length = 0;
  let start = performance.now();

  const push = (queue: number[], value: number) => {
    queue.push(value);
    if (queue.length > bufferLength) queue.shift();
  };
  const begun = (result: ResetResult<Observation>) => {
    episodeReturn = 0;
    length = 0;
    start = performance.now();
    return result;
  };
  const recorded = (result: StepResult<Observation>): StepResult<Observation> => {
    const ended = result.terminated || result.truncated;
    if (ended && 'episode' in result.info) {
      throw new Error('info: expected no episode from the environment, got one; is it recorded twice?');
    }
    episodeReturn += result.reward;
    length += 1;
    if (!ended) return result;
    const seconds = (performance.now() - start) / 1000;
    push(returnQueue, episodeReturn);
    push(lengthQueue, length);
    push(timeQueue, seconds);
    const episode: EpisodeStatistics = { return: episodeReturn, length, seconds };
    return { ...result, info: { ...result.info, episode } };
  };
  const wrapped = wrap(environment, {
    reset: (options) => whenDone(environment.reset(options), begun),
    step: (action) => whenDone(environment.step(action), recorded),
    ...savedWith(environment, {
      state: () => ({
        ...{ episodeReturn, length, seconds: (performance.now() - start) / 1000 },
        queues: [returnQueue, lengthQueue, timeQueue].map((queue) => Float64Array.from(queue)),
      }),
      restore(state) {
        const saved = savedRecord(state, 'state', ['episodeReturn', 'length', 'seconds', 'queues']);
        const queues = queuesOf(saved.queues, bufferLength);
        const [sum, steps] = [
          savedNumber(saved.episodeReturn, 'episodeReturn'),
          savedCount(saved.length, 'length'),
        ];
        // An episode that was stopped took the time that it was played.
        start = performance.now() - 1000 * savedNumber(saved.seconds, 'seconds');
        [returnQueue, lengthQueue, timeQueue].forEach((queue, place) =>
          queue.splice(0, Infinity, ...queues[place]!),
        );
        [episodeReturn, length] = [sum, steps];
      },
    }),
  });
  return { ...wrapped, returnQueue, lengthQueue, timeQueue };
}

function queuesOf(state: SavedState, bufferLength: number): Float64Array[] {
  const queues = savedList(state, 'queues', 3).map((queue) => savedArray(queue, 'queues', Float64Array));
  const { length } = queues[0]!;
  if (length <= bufferLength && queues.every((queue) => queue.length === length)) return queues;
  throw new RangeError(
    `queues: expected three of one length up to ${bufferLength}, got ${queues.map((queue) => queue.length).join(', ')}`,
  );
}
