import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Keys } from './keys.js';
import type { RedisClient } from './open-redis.js';
import { mayPass, redisSentence } from './redis-error.js';
import type { Persistence } from './persistently.js';
import type { Entry } from './sent-round.js';

/** How many are read at once, and for how many milliseconds the first is waited for. */
const READ = { count: 128, wait: 500 };

/** Before all entries. */
const BEGINNING = '0-0';

/** Reads rounds in their order, by a connection of its own. */
export class RoundsReader {
  private readonly redis: RedisClient;
  private from = BEGINNING;
  private troubled = false;
  private wasFull = false;

  constructor(
    redis: RedisClient,
    private readonly keys: Keys,
    private readonly persistence: Persistence,
  ) {
    this.redis = (redis as Redis).duplicate(); // a cluster has the same method
    this.redis.on('error', () => undefined); // whoever reads is told
  }

  /**
   * The next rounds; none where none came for half a second, or Redis can't be asked now.
   *
   * After a lost connection all are read again that are there: Redis may have lost the newest, and given their places to others.
   */
  async next(): Promise<Entry[]> {
    try {
      const answer = await this.redis.xreadBuffer(
        ...(['COUNT', READ.count, 'BLOCK', READ.wait] as const),
        ...(['STREAMS', this.keys.rounds, this.from] as const),
      );
      if (this.troubled) this.persistence.onTrouble?.(undefined);
      this.troubled = false;
      const entries = (answer?.[0]?.[1] ?? []).map(([id, fields]) => ({ id: String(id), fields }));
      this.from = entries.at(-1)?.id ?? this.from;
      this.wasFull = entries.length === READ.count;
      return entries;
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (!this.troubled) this.persistence.onTrouble?.(redisSentence(error));
      this.troubled = true;
      this.from = BEGINNING;
      await sleep(100);
      return [];
    }
  }

  /** Whether more was there when it read last. */
  get isBehind(): boolean {
    return this.wasFull;
  }

  close(): void {
    this.redis.disconnect();
  }
}
