/** Where a learner and its actors meet, as every command of them takes it. */
export interface MeetingPlace {
  /** The URL of a Redis. */
  readonly redis: string;
  /** Tells several runs on one Redis apart. */
  readonly group: string;
}

/** What names a Redis where no option does: it may hold a password, which a list of processes would show. */
export const REDIS_VARIABLE = 'RL_RECSYS_REDIS';

/** @throws Error where neither an option nor the environment names a Redis. */
export function meetingPlace(given: { readonly redis?: string; readonly group: string }): MeetingPlace {
  const redis = given.redis ?? process.env[REDIS_VARIABLE];
  if (redis === undefined || redis === '')
    throw new Error(`--redis: expected the URL of a Redis, here or in ${REDIS_VARIABLE}`);
  return { redis, group: given.group };
}
