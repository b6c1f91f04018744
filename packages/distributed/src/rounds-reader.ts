import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Keys } from './keys.js';
import type { RedisClient } from './open-redis.js';
import { mayPass, redisSentence } from './redis-error.js';
import type { Persistence } from './persistently.js';

/** A round as an actor sent it, not yet read. */
export interface SentRound {
  /** Its place among all rounds. */
  readonly place: number;
  readonly actor: string;
  /** Its place among its actor's. */
  readonly sequence: number;
  /** Which weights it was played by. */
  readonly weights: string;
  readonly bytes: Buffer;
}

/** How many are read at once, and for how many milliseconds the first is waited for. */
const READ = { count: 64, wait: 500 };

/** Reads rounds in their order, by a connection of its own. */
export class RoundsReader {
  private readonly redis: RedisClient;
  private from = 0;
  private troubled = false;

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
  async next(): Promise<SentRound[]> {
    try {
      const answer = await this.redis.xreadBuffer(
        ...(['COUNT', READ.count, 'BLOCK', READ.wait] as const),
        ...(['STREAMS', this.keys.rounds, `${this.from}-0`] as const),
      );
      if (this.troubled) this.persistence.onTrouble?.(undefined);
      this.troubled = false;
      const entries = answer?.[0]?.[1] ?? [];
      const rounds = entries.map(([id, fields]) => sentRound(id, fields));
      this.from = rounds.at(-1)?.place ?? this.from;
      return rounds;
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (!this.troubled) this.persistence.onTrouble?.(redisSentence(error));
      this.troubled = true;
      this.from = 0;
      await sleep(100);
      return [];
    }
  }

  close(): void {
    this.redis.disconnect();
  }
}

function sentRound(id: Buffer, fields: readonly Buffer[]): SentRound {
  const named = new Map<string, Buffer>();
  for (let place = 0; place + 1 < fields.length; place += 2)
    named.set(String(fields[place]), fields[place + 1]!);
  const text = (name: string) => String(named.get(name)?.subarray(0, 200) ?? '');
  return {
    place: Number.parseInt(String(id), 10),
    ...{ actor: text('actor'), weights: text('weights') },
    sequence: Number(text('sequence') || NaN),
    bytes: named.get('round') ?? Buffer.alloc(0),
  };
}
