import { RequestError, type Refusal } from '@rl-recsys/serving';

/** What every answer that is no success says: which field of the request it is about, and a sentence that begins with it. */
export interface Problem {
  readonly status: number;
  readonly field: string;
  readonly message: string;
}

const STATUS: Readonly<Record<Refusal, number>> = {
  invalid: 400,
  unknown: 404,
  conflict: 409,
  unavailable: 503,
};

/** What is told of an error that is ours; the console has the rest. */
export const OURS: Problem = { status: 500, field: 'server', message: 'server: something went wrong here' };

/** The code of an error that says that somebody asks too often. */
export const RATE = 'RATE';

/** What of a request the framework refuses, by its codes; others are of the body. */
const FIELDS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'content-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'content-length',
  FST_ERR_BAD_URL: 'url',
  [RATE]: 'rate',
};

/** An error as it is told; undefined where it is ours, and not the caller's. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof RequestError) {
    return { status: STATUS[error.refusal], field: error.field, message: error.message };
  }
  const {
    statusCode = 500,
    code = '',
    message,
  } = error as { statusCode?: number; code?: string; message: string };
  if (statusCode < 400 || statusCode >= 500) return undefined;
  const field = FIELDS[code] ?? 'body';
  return { status: statusCode, field, message: `${field}: ${message}` };
}
