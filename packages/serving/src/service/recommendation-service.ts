import type { Answer, EventOutcome } from '../contract/answer.js';
import type { FeedbackEvent } from '../contract/feedback-event.js';
import type { RecommendationRequest } from '../contract/recommendation-request.js';
import { RequestError } from '../contract/request-error.js';
import type { FeedbackLog } from '../feedback/feedback-log.js';
import type { RecommendationRecord } from '../feedback/feedback-record.js';
import type { ServedModels } from '../models/served-model.js';
import { answerAll, answerIn, type Asked } from './answering.js';
import { FeedbackIntake } from './feedback-intake.js';
import { FreshLikes } from './fresh-likes.js';
import { KeptLikes } from './kept-likes.js';
import { LogBook } from './log-book.js';
import { newFigures, type ServiceFigures } from './service-figures.js';
import { checkServiceNumbers, type ServiceNumbers, type ServiceOptions } from './service-options.js';
import { TurnBatch } from './turn-batch.js';
import { Visits } from './visits.js';

/** Somebody who waits for an answer. */
interface Entry extends Asked {
  /** Whether they named the recommendation: an id that was made here is nobody else's. */
  readonly isNamed: boolean;
  readonly resolve: (answer: Answer | Promise<Answer>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens a service, with all that its log still holds: the recommendations that may yet be rewarded, and what users did.
 *
 * @throws RequestError where an option can't be meant; Error where the log can't be read.
 */
export async function openService(options: ServiceOptions): Promise<RecommendationService> {
  const service = new RecommendationService(options, checkServiceNumbers(options));
  await service.recall();
  return service;
}

/**
 * A recommender that answers, remembers what it answered, and takes what that earned: all of a service but HTTP.
 *
 * Answers don't wait for the disk. An event that is accepted is on the disk, and so is the recommendation that it answers.
 * {@link openService} opens one.
 */
export class RecommendationService {
  private readonly log: FeedbackLog;
  private readonly book: LogBook;
  private readonly fresh: FreshLikes = new FreshLikes();
  private readonly kept: KeptLikes | undefined;
  private readonly visits: Visits;
  private readonly intake: FeedbackIntake;
  private readonly batch: TurnBatch<Entry> = new TurnBatch((entries) => this.answer(entries));
  private readonly counted: ServiceFigures = newFigures();
  private current: ServedModels;

  /** @internal */
  constructor(
    { models, log, summary, now = Date.now }: ServiceOptions,
    private readonly numbers: ServiceNumbers,
  ) {
    this.current = models;
    this.log = log;
    this.book = new LogBook(log, numbers.waitingTime, now);
    this.kept = summary && new KeptLikes(summary, this.fresh);
    this.visits = new Visits(numbers.waitingTime);
    this.intake = new FeedbackIntake(this.book, this.fresh, this.visits, numbers.waitingTime);
  }

  /** The models that answer. */
  get models(): ServedModels {
    return this.current;
  }

  /** Why the log could not be written to the last time; undefined where it could. */
  get trouble(): Error | undefined {
    return this.book.trouble;
  }

  /**
   * Answers, together with all who ask in the same turn of the event loop.
   *
   * @param request - as `checkRecommendationRequest` accepts it.
   * @throws RequestError where the model does not know an item, a baseline is missing, or the id was given to another request.
   */
  recommend(request: RecommendationRequest): Promise<Answer> {
    const { eventId = crypto.randomUUID(), ...asked } = request;
    return new Promise((resolve, reject) => {
      const isNamed = request.eventId !== undefined;
      if (isNamed && this.book.has(eventId)) resolve(this.again(eventId, asked));
      else this.batch.add({ eventId, request: asked, isNamed, resolve, reject });
    });
  }

  /**
   * Takes what recommendations earned, and what users found by themselves.
   *
   * @param events - as `checkFeedbackEvents` accepts them.
   * @returns what became of each, once all that are accepted are on the disk.
   * @throws RequestError where they can't be written: then send them again.
   */
  async record(events: readonly FeedbackEvent[]): Promise<EventOutcome[]> {
    const outcomes = await Promise.all(events.map((event, place) => this.intake.take(event, place)));
    for (const { status } of outcomes) this.counted.events[status] += 1;
    return outcomes;
  }

  /**
   * Says that a recommendation is shown which was asked for with `activate: false`. Saying it twice is the same as once.
   *
   * @throws RequestError where the recommendation is not known, or it can't be written.
   */
  async activate(eventId: string): Promise<void> {
    await this.intake.activate(eventId);
  }

  /** Lets other models answer from the next batch on; nobody who asked waits for that. */
  swap(models: ServedModels): void {
    this.current = models;
  }

  /** Removes a user's records from the log, and from what the next answers are made from; says how many those were. */
  async forget(user: string): Promise<number> {
    const forgotten = await this.log.forget(user);
    this.visits.forget(user);
    this.fresh.forget(user); // not before: what was being written is learned when it is
    await this.keep();
    return forgotten;
  }

  /** Removes what is older than a time, in milliseconds since 1970. */
  async retain(since: number): Promise<void> {
    this.fresh.retain(since);
    await this.log.retain(since);
    await this.keep();
  }

  /** Writes the summary of what users did, where there is a place for one: what came before needs not be read when it is opened again. */
  async keep(): Promise<void> {
    // What is being written is known only once it is: no write takes a waiting time, and what is read twice counts once.
    await this.kept?.save(this.book.time() - this.numbers.waitingTime);
  }

  /** What was done so far. */
  figures(): ServiceFigures {
    const { answered, events } = this.counted;
    return {
      ...{ ...this.counted, answered: { ...answered }, events: { ...events } },
      ...{ unlogged: this.book.unlogged, recent: this.book.size, freshUsers: this.fresh.size },
    };
  }

  /** Answers who waits, writes down what was answered and the summary, and closes the log. */
  async close(): Promise<void> {
    this.batch.flush();
    await this.log.close();
    await this.keep();
  }

  /** @internal Reads what the log still holds of what it has to know. */
  async recall(): Promise<void> {
    const recent = this.book.time() - 2 * this.numbers.waitingTime;
    const known = this.kept ? await this.kept.load() : -Infinity;
    for await (const { record, position } of this.log.records(Math.min(recent, known))) {
      const isRecent = record.at >= recent;
      if (isRecent) this.book.recall(record, position);
      this.intake.recall(record, isRecent);
    }
  }

  private answer(entries: readonly Entry[]): void {
    const parts = { models: this.current, fresh: this.fresh, visits: this.visits, numbers: this.numbers };
    this.counted.batches += 1;
    let records: (RecommendationRecord | Error)[];
    try {
      records = answerAll(entries, parts, this.book.time());
    } catch (error) {
      for (const { reject } of entries) reject(error);
      return;
    }
    for (const [place, record] of records.entries()) {
      const { eventId, request, isNamed, resolve, reject } = entries[place]!;
      if (record instanceof Error) reject(record);
      else if (isNamed && this.book.has(eventId))
        resolve(this.again(eventId, request)); // twice in one turn
      else {
        this.count(record);
        this.book.remember(record);
        if (request.activate !== false) this.visits.shown(record, record.at);
        resolve(answerIn(record));
      }
    }
  }

  /** The answer that was given by this id before. */
  private async again(eventId: string, request: RecommendationRequest): Promise<Answer> {
    const record = await this.book.recommended(eventId, 'eventId');
    if (JSON.stringify(record.request) !== JSON.stringify(request)) {
      const sentence = `expected a new id, or the same request as when it came first, got ${eventId}`;
      throw new RequestError('conflict', 'eventId', sentence);
    }
    this.counted.repeated += 1;
    return answerIn(record);
  }

  private count({ arm, agreed }: RecommendationRecord): void {
    this.counted.answered[arm] += 1;
    if (agreed !== undefined) this.counted.compared += 1;
    if (agreed === true) this.counted.agreed += 1;
  }
}
