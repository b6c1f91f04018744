import type { RecordStorage } from '@rl-recsys/recommender';
import { z } from 'zod';
import { MODES, type Mode } from '../contract/answer.js';
import { checked } from '../contract/check.js';
import type { FeedbackLog } from '../feedback/feedback-log.js';
import type { ServedModels } from '../models/served-model.js';

/** What a service is made of. */
export interface ServiceOptions {
  readonly models: ServedModels;
  /** Where its answers and what they earned are written down; the service closes it. */
  readonly log: FeedbackLog;
  /**
   * Where a summary of what users did is kept, so that the service is opened without reading the whole log; `keep` writes it, and `close`
   * (default: nowhere).
   */
  readonly summary?: RecordStorage | undefined;
  /** Default `online`. */
  readonly mode?: Mode | undefined;
  /**
   * T of the softmax that answers are drawn from (default 0.1: in simulated sessions of 500 items it costs 3 % of what they are worth,
   * and leaves about 20 items to choose from). At 0 the best items come, and no other policy can be judged by the log.
   */
  readonly temperature?: number | undefined;
  /** How many of the best items are drawn from, at least `k` (default 100). */
  readonly poolSize?: number | undefined;
  /** How long a recommendation waits for what it earns, in milliseconds (default 10 minutes, as Azure Personalizer's). */
  readonly waitingTime?: number | undefined;
  /** The time in milliseconds since 1970 (default the system's). */
  readonly now?: (() => number) | undefined;
}

const TEMPERATURE = 'expected a finite number from 0';
const POOL = 'expected an integer from 1';
const TIME = 'expected a positive integer of milliseconds';

const numbersSchema = z.object({
  mode: z.enum(MODES, `expected one of ${MODES.join(', ')}`).default('online'),
  temperature: z.number(TEMPERATURE).min(0, TEMPERATURE).default(0.1),
  poolSize: z.int(POOL).min(1, POOL).default(100),
  waitingTime: z.int(TIME).min(1, TIME).default(600_000),
});

/** The options that are no objects, with their defaults. */
export interface ServiceNumbers {
  readonly mode: Mode;
  readonly temperature: number;
  readonly poolSize: number;
  readonly waitingTime: number;
}

/** @throws RequestError with the first option that can't be meant. */
export function checkServiceNumbers(options: Partial<ServiceOptions>): ServiceNumbers {
  const { mode, temperature, poolSize, waitingTime } = options;
  return checked<ServiceNumbers>(numbersSchema, { mode, temperature, poolSize, waitingTime }, 'options');
}
