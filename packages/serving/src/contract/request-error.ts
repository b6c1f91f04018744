/** Why something that was asked is not done. */
export type Refusal =
  /** It can't be meant, whatever is known. */
  | 'invalid'
  /** It names a recommendation that is not, or no longer, known. */
  | 'unknown'
  /** The id was given to something else before. */
  | 'conflict'
  /** It could not be written down. */
  | 'unavailable';

/** A refusal in one sentence that begins with the field that it is about. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  /**
   * @param field - such as `history[3].rating`.
   * @param sentence - what was expected, and what came.
   */
  constructor(
    readonly refusal: Refusal,
    readonly field: string,
    sentence: string,
    options?: ErrorOptions,
  ) {
    super(`${field}: ${sentence}`, options);
  }
}
