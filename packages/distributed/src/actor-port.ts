import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isActorName, type Keys } from './keys.js';
import type { RedisClient } from './open-redis.js';
import { persistently, type Persistence } from './persistently.js';
import { readFacts, type RunFacts } from './run-facts.js';
import { PUSH, runScript } from './scripts.js';

/** Seconds that Redis remembers the newest round of an actor that says nothing: longer than any outage that is waited for. */
const REMEMBERED = 24 * 3600;

/** What an {@link ActorPort} is made from. */
export interface ActorPortOptions extends Persistence {
  readonly redis: RedisClient;
  readonly keys: Keys;
  /** The run that it acts for. */
  readonly run: string;
  /**
   * Its name: up to 200 letters, digits, `.`, `_` and `-` (default: the machine's, with a number that nobody else has). One process alone
   * may have it.
   */
  readonly actor?: string;
}

/**
 * What an actor has of its run in Redis. A round is sent again until Redis has it, and is there once however often that was: each has a
 * number, and Redis knows the newest of each actor.
 */
export class ActorPort {
  readonly actor: string;
  private sequence = 0;

  /** @throws Error where the name has other characters, or more. */
  constructor(private readonly options: ActorPortOptions) {
    const machine = hostname()
      .replace(/[^\w.-]/g, '-')
      .slice(0, 100);
    this.actor = options.actor ?? `${machine}-${process.pid}-${randomUUID().slice(0, 8)}`;
    if (!isActorName(this.actor)) {
      const came = JSON.stringify(this.actor);
      throw new Error(`actor: expected up to 200 letters, digits, ., _ and -, got ${came}`);
    }
  }

  /**
   * Sends a round; once this is done it is there to stay.
   *
   * @param weights - which it was played by.
   * @returns how far the run is; where it is over, the round was not taken.
   * @throws Error where the run is no longer that of this group.
   */
  async push(round: Buffer, weights: string): Promise<RunFacts> {
    const facts = await this.ask(this.sequence, weights, round);
    this.sequence += 1;
    return facts;
  }

  /** How far the run is. */
  look(): Promise<RunFacts> {
    return this.ask('', '', '');
  }

  /** The newest weights as bytes; null where there are none yet. */
  weights(): Promise<Buffer | null> {
    const { redis, keys } = this.options;
    return persistently(() => redis.getBuffer(keys.weights), this.options);
  }

  private async ask(sequence: number | '', weights: string, round: Buffer | ''): Promise<RunFacts> {
    const { redis, keys, run } = this.options;
    const places = [keys.run, keys.rounds, keys.sequence(this.actor), keys.alive];
    const answer = await persistently(async () => {
      try {
        const values = [run, this.actor, sequence, weights, round, REMEMBERED];
        return await runScript(redis, PUSH, places, values);
      } catch (error) {
        const [code, other] = (error as Error).message.split(' ');
        if (code !== 'OTHERRUN') throw error;
        if (other)
          throw new Error(`run: expected ${run}, but another one has its place by now`, { cause: error });
        throw new Error('the connection to the run is lost: Redis has forgotten it', { cause: error });
      }
    }, this.options);
    return readFacts(answer);
  }
}
