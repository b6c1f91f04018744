import type { EventOutcome } from '../contract/answer.js';
import { shown } from '../contract/check.js';
import type { FeedbackEvent } from '../contract/feedback-event.js';
import { RequestError } from '../contract/request-error.js';
import type { FeedbackRecord, RewardRecord } from '../feedback/feedback-record.js';
import type { FreshLikes } from './fresh-likes.js';
import type { LogBook } from './log-book.js';
import { Recent } from './recent.js';
import type { Visits } from './visits.js';

/** Takes what recommendations earned: each event once, and only with its recommendation on the disk. */
export class FeedbackIntake {
  /** Ids of events that are written down, or are about to be. */
  private readonly events: Recent<Promise<unknown> | true>;
  private readonly activations: Recent<Promise<unknown> | true>;

  constructor(
    private readonly book: LogBook,
    private readonly fresh: FreshLikes,
    private readonly visits: Visits,
    private readonly waitingTime: number,
  ) {
    this.events = new Recent(waitingTime);
    this.activations = new Recent(waitingTime);
  }

  /**
   * Takes note of a record that the log has already.
   *
   * @param isRecent - whether it may come again.
   */
  recall(record: FeedbackRecord, isRecent: boolean): void {
    if (record.kind === 'recommendation' && isRecent && record.request.activate !== false) {
      this.visits.shown(record, record.at);
    } else if (record.kind === 'reward') {
      this.learn(record);
      if (isRecent) this.events.set(record.id, true, record.at);
    } else if (record.kind === 'activation' && isRecent) {
      this.activations.set(record.eventId, true, record.at);
    }
  }

  /**
   * Writes an event down.
   *
   * @param place - which of a batch it is.
   * @throws RequestError where it can't be written.
   */
  async take(event: FeedbackEvent, place: number): Promise<EventOutcome> {
    const { id } = event;
    try {
      const before = this.events.get(id);
      if (before === undefined) return await this.once(this.events, id, this.write(event, place));
      await before; // if that is refused or fails, so is this
      return { id, status: 'repeated' };
    } catch (error) {
      if (!(error instanceof RequestError) || error.refusal === 'unavailable') throw error;
      return { id, status: 'refused', message: error.message };
    }
  }

  /** @throws RequestError where there is no such recommendation, or it can't be written. */
  async activate(eventId: string): Promise<void> {
    const record = await this.book.recommended(eventId, 'id');
    const before = this.activations.get(eventId);
    if (before !== undefined) await before;
    else {
      const at = this.book.time();
      await this.once(this.activations, eventId, this.book.append({ kind: 'activation', at, eventId }));
      if (record.request.activate === false) this.visits.shown(record, at);
    }
  }

  private async write(event: FeedbackEvent, place: number): Promise<EventOutcome> {
    const { id, eventId, reward } = event;
    if (eventId === undefined) {
      await this.append({
        kind: 'reward',
        id,
        at: this.book.time(),
        user: event.user,
        item: event.item!,
        reward,
      });
      return { id, status: 'accepted' };
    }
    const field = `events[${place}]`;
    const { request, items, at: since } = await this.book.recommended(eventId, `${field}.eventId`);
    const item = event.item ?? items[0]?.item;
    if (item === undefined || !items.some((each) => each.item === item)) {
      const sentence = `expected one of the items that were recommended, got ${shown(item)}`;
      throw new RequestError('invalid', `${field}.item`, sentence);
    }
    const at = this.book.time();
    await this.append({ kind: 'reward', id, at, eventId, user: request.user, item, reward });
    // One that is activated waits anew from then on.
    const isLate = request.activate !== false && at - since > this.waitingTime;
    return { id, status: isLate ? 'late' : 'accepted' };
  }

  private async append(record: RewardRecord): Promise<void> {
    await this.book.append(record);
    this.learn(record);
  }

  private learn({ eventId, user, item, reward, at }: RewardRecord): void {
    if (eventId !== undefined) this.visits.earned(this.book.sessionOf(eventId), eventId, item, reward);
    if (user !== undefined) this.fresh.add(user, item, { reward, at });
  }

  /** Remembers by its id what is under way, so that it is done once, and forgets it where it fails. */
  private async once<T>(recent: Recent<Promise<unknown> | true>, id: string, work: Promise<T>): Promise<T> {
    recent.set(id, work, this.book.time());
    try {
      const done = await work;
      recent.replace(id, true);
      return done;
    } catch (error) {
      recent.delete(id);
      throw error;
    }
  }
}
