import { RequestError } from '../contract/request-error.js';
import type { FeedbackLog } from '../feedback/feedback-log.js';
import type { FeedbackRecord, RecommendationRecord } from '../feedback/feedback-record.js';
import { Recent } from './recent.js';

/** A recommendation that is in the log, or will be. */
interface Written {
  position: number | Promise<number>;
  readonly session: string | undefined;
}

/** A log, and where in it the recommendations lie that may yet be rewarded. */
export class LogBook {
  /** Recommendations that could not be written down. */
  unlogged = 0;
  private readonly recommendations: Recent<Written>;
  private latest = 0;
  private failure: Error | undefined;

  /** @param now - the time in milliseconds since 1970. */
  constructor(
    private readonly log: FeedbackLog,
    waitingTime: number,
    private readonly now: () => number,
  ) {
    this.recommendations = new Recent(waitingTime);
  }

  /** How many recommendations it knows a place of. */
  get size(): number {
    return this.recommendations.size;
  }

  /** Why the log could not be written to the last time; undefined where it could. */
  get trouble(): Error | undefined {
    return this.failure;
  }

  /** Now, and never before what is in the log. */
  time(): number {
    this.latest = Math.max(this.latest, this.now());
    return this.latest;
  }

  /** Takes note of a record that the log has already. */
  recall(record: FeedbackRecord, position: number): void {
    this.latest = Math.max(this.latest, record.at);
    if (record.kind !== 'recommendation') return;
    const { eventId, at, request } = record;
    this.recommendations.set(eventId, { position, session: request.session }, at);
  }

  /** Whether a recommendation of this id is written down, or about to be. */
  has(eventId: string): boolean {
    return this.recommendations.get(eventId) !== undefined;
  }

  /** The session of a recommendation that it knows, where it has one. */
  sessionOf(eventId: string): string | undefined {
    return this.recommendations.get(eventId)?.session;
  }

  /** Has a recommendation written, which nobody waits for but the events that answer it. */
  remember(record: RecommendationRecord): void {
    const { eventId, at, request } = record;
    const position = this.append(record);
    const written: Written = { position, session: request.session };
    this.recommendations.set(eventId, written, at);
    position.then(
      (place) => (written.position = place),
      () => {
        this.unlogged += 1;
        this.recommendations.delete(eventId);
      },
    );
  }

  /**
   * A recommendation, once it is on the disk.
   *
   * @throws RequestError that names `field` where there is none, or it is not known any more.
   */
  async recommended(eventId: string, field: string): Promise<RecommendationRecord> {
    const position = await Promise.resolve(this.recommendations.get(eventId)?.position).catch(
      () => undefined,
    );
    const record = position === undefined ? undefined : await this.log.read(position);
    if (record?.kind === 'recommendation') return record;
    const expected = 'expected a recommendation that was written down and may still be rewarded';
    throw new RequestError('unknown', field, `${expected}, got ${eventId}`);
  }

  /** @throws RequestError where it can't be written. */
  async append(record: FeedbackRecord): Promise<number> {
    try {
      const position = await this.log.append(record);
      this.failure = undefined;
      return position;
    } catch (cause) {
      this.failure = cause instanceof Error ? cause : new Error(String(cause));
      const sentence = `expected a log that can be written, but ${this.failure.message}`;
      throw new RequestError('unavailable', 'feedback', sentence, { cause });
    }
  }
}
