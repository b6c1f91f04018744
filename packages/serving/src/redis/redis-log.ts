import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { mayPass, openRedis, redisSentence, type RedisClient } from '@rl-recsys/distributed';
import type { FeedbackLog, PlacedRecord } from '../feedback/feedback-log.js';
import { userOf, type FeedbackRecord } from '../feedback/feedback-record.js';
import { recordIn } from '../segments/mend.js';
import { APPEND } from './append-script.js';
import { Batches } from './batches.js';

/** Which feedback log of which Redis. */
export interface RedisLogOptions {
  /** `redis://`, or with TLS `rediss://`. */
  readonly url: string;
  /** Tells several logs on one Redis apart: letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** Milliseconds for which a lost connection is waited for before a record is refused (default 5,000). */
  readonly patience?: number;
}

/** Entries that are read at once. */
const PAGE = 500;
const PATIENCE = 5_000;

/**
 * Opens the feedback log of a name in a Redis, which several servers and learners may have open. It is a stream with an entry for each record, the
 * position of which is its number.
 *
 * What is there to stay is what Redis keeps: with `appendonly yes` and `everysec` nothing is lost when Redis is killed, and up to a second
 * where power fails; `always` loses nothing then either.
 *
 * @throws Error in one sentence where Redis can't be reached or used.
 */
export async function openRedisLog(options: RedisLogOptions): Promise<RedisLog> {
  if (!/^[\w.-]+$/.test(options.name)) {
    const came = JSON.stringify(options.name);
    throw new Error(`name: expected letters, digits, ., _ and - only, got ${came}`);
  }
  return new RedisLog(await openRedis(options.url), options);
}

/** A feedback log in a Redis; {@link openRedisLog} opens one. */
export class RedisLog implements FeedbackLog {
  private readonly keys: { readonly stream: string; readonly last: string; readonly writer: string };
  private readonly batches: Batches = new Batches((records) => this.appendAll(records));
  private readonly patience: number;
  private number = 0;
  private isOpen = true;

  /** @internal */
  constructor(
    private readonly redis: RedisClient,
    { name, patience = PATIENCE }: RedisLogOptions,
  ) {
    const key = (part: string) => `{rl-recsys:feedback:${name}}:${part}`;
    this.keys = { stream: key('records'), last: key('last'), writer: key(`writer:${randomUUID()}`) };
    this.patience = patience;
  }

  append(record: FeedbackRecord): Promise<number> {
    if (!this.isOpen) return Promise.reject(new Error('log: expected one that is open'));
    return this.batches.add(JSON.stringify(record));
  }

  async read(position: number): Promise<FeedbackRecord | undefined> {
    const id = `${position}-0`;
    const [entry] = await this.ask(() => this.redis.xrange(this.keys.stream, id, id));
    return entry && recordOf(entry);
  }

  async *records(since: number = -Infinity): AsyncGenerator<PlacedRecord> {
    for await (const [entry, position] of this.entries()) {
      const record = recordOf(entry);
      if (record.at >= since) yield { record, position };
    }
  }

  /** {@link FeedbackLog.forget}: Redis is asked to write its files anew, in which the records still are until then. */
  async forget(user: string): Promise<number> {
    const theirs: string[] = [];
    for await (const [entry] of this.entries()) if (userOf(recordOf(entry)) === user) theirs.push(entry[0]);
    for (let first = 0; first < theirs.length; first += PAGE)
      await this.ask(() => this.redis.xdel(this.keys.stream, ...theirs.slice(first, first + PAGE)));
    // Where it is writing them already, or may not be asked, they go with the next time.
    if (theirs.length > 0)
      await (this.redis as { bgrewriteaof(): Promise<unknown> }).bgrewriteaof().catch(() => undefined);
    return theirs.length;
  }

  /** {@link FeedbackLog.retain}: all before the first record that is younger. */
  async retain(since: number): Promise<void> {
    for await (const [entry, position] of this.entries()) {
      if (recordOf(entry).at < since) continue;
      await this.ask(() => this.redis.xtrim(this.keys.stream, 'MINID', '=', position));
      return;
    }
    await this.ask(() => this.redis.xtrim(this.keys.stream, 'MAXLEN', 0));
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await this.batches.done();
    this.redis.disconnect();
  }

  private async *entries(): AsyncGenerator<readonly [Entry, number]> {
    for (let from = '-'; ;) {
      const page = await this.ask(() => this.redis.xrange(this.keys.stream, from, '+', 'COUNT', PAGE));
      for (const entry of page) yield [entry, Number.parseInt(entry[0], 10)];
      if (page.length < PAGE) return;
      from = `(${page.at(-1)![0]}`;
    }
  }

  private async appendAll(records: readonly string[]): Promise<number> {
    const { stream, last, writer } = this.keys;
    const number = (this.number += 1);
    return Number(await this.ask(() => this.redis.eval(APPEND, 3, stream, last, writer, number, ...records)));
  }

  /** Asks again where a connection was lost, for a while: what is asked may be done twice without harm. */
  private async ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const end = performance.now() + this.patience;
    for (;;) {
      try {
        return await question();
      } catch (error) {
        const isLost = mayPass(error) && (error as Error).name !== 'ReplyError';
        if (!isLost || performance.now() > end)
          throw new Error(`log: ${redisSentence(error)}`, { cause: error });
        await sleep(100);
      }
    }
  }
}

type Entry = [id: string, fields: string[]];

/** @throws Error where an entry holds no record: somebody else has written there. */
function recordOf([id, fields]: Entry): FeedbackRecord {
  const record = fields.length === 2 && fields[0] === 'record' ? recordIn(Buffer.from(fields[1]!)) : 'none';
  if (typeof record === 'string')
    throw new Error(`log: expected a record at ${id}, got something else, which no server has written`);
  return record;
}
