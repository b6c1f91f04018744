import { setTimeout as sleep } from 'node:timers/promises';
import type { Keys } from './keys.js';
import type { RedisClient } from './open-redis.js';
import { persistently, type Persistence } from './persistently.js';
import { LEAVE_SEAT, runScript, TAKE_SEAT, TELL } from './scripts.js';

/** What is said of a run, by name. */
export type Said = Readonly<Record<string, string | number | Buffer>>;

/** What {@link takeSeat} is given. */
export interface SeatOptions extends Persistence {
  readonly redis: RedisClient;
  readonly keys: Keys;
  /** Tells the run apart from any other. */
  readonly run: string;
  /** The seat's epoch is larger than this one (default 0): the largest that the run's checkpoints have. */
  readonly leastEpoch?: number;
  /** Milliseconds after which a learner that said nothing is taken for dead (default 10,000). */
  readonly lease?: number;
  /** Whether the place may be taken of another run that has not come to its end (default: no). */
  readonly replace?: boolean;
  /** Is called once where another learner of the run is alive, and is waited for. */
  readonly onWaiting?: () => void;
}

/** Another learner has the seat: whoever had it before writes nothing any more. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** Milliseconds for which a learner is not missed. */
const LEASE = 10_000;

/**
 * Waits until nobody else learns, and takes the seat of a run's one learner.
 *
 * @throws Error where the group's place is another run's that is learned now, or that was not brought to its end.
 */
export async function takeSeat(options: SeatOptions): Promise<LearnerSeat> {
  const { redis, keys, run, leastEpoch = 0, lease = LEASE, replace = false, signal, onWaiting } = options;
  const places = [keys.run, keys.rounds, keys.lease, keys.alive, keys.weights];
  for (let isTold = false; ;) {
    const values = [run, leastEpoch, lease, replace ? '1' : '0'];
    const answer = await persistently(() => runScript(redis, TAKE_SEAT, places, values), options);
    const [outcome, which] = answer as readonly [string, string];
    if (outcome === 'taken') return new LearnerSeat(options, Number(which), lease);
    if (outcome === 'unfinished') {
      throw new Error(
        `group: expected one that is free, but it has the run ${which}, which has not come to its end: go on with that, take another group, or replace it`,
      );
    }
    if (which !== run) throw new Error(`group: expected one that is free, but a learner of ${which} has it`);
    if (!isTold) onWaiting?.();
    isTold = true;
    await sleep(lease / 10, undefined, signal ? { signal } : {});
  }
}

/**
 * The place of the one learner of a run. It is kept by saying something now and then; where that stopped for long another learner takes it,
 * and whatever this one writes afterwards is refused by Redis.
 */
export class LearnerSeat {
  private readonly clock: NodeJS.Timeout;
  private failure: FencedError | undefined;
  private isRenewing = false;
  /** When Redis has confirmed the seat last. */
  private confirmed = performance.now();
  private readonly left = new AbortController();
  private said: Said = {};

  /** @internal */
  constructor(
    readonly options: SeatOptions,
    /** Larger than that of any learner before. */
    readonly epoch: number,
    private readonly lease: number,
  ) {
    this.clock = setInterval(() => void this.renew(), lease / 3).unref();
  }

  /**
   * Says how far the run is.
   *
   * @param more - `held`: the place of the newest round that a checkpoint holds, which is removed with all before it; `weights`: what
   * actors are to act by.
   * @throws FencedError where another learner has the seat.
   */
  async tell(said: Said, more: { readonly held?: number; readonly weights?: Buffer } = {}): Promise<void> {
    const { redis, keys, run } = this.options;
    this.assertHeld();
    this.said = { ...this.said, ...said };
    const places = [keys.run, keys.rounds, keys.lease, keys.alive, keys.weights];
    const trim = more.held === undefined ? '' : more.held + 1;
    const tell = (facts: Said) =>
      runScript(redis, TELL, places, [
        ...[run, this.epoch, this.lease, trim, more.weights ?? ''],
        ...Object.entries(facts).flat(),
      ]);
    let asked = 0;
    await persistently(
      async () => {
        try {
          asked = performance.now();
          await tell(said);
        } catch (error) {
          const [code, which] = (error as Error).message.split(' ');
          if (code === 'FENCED' || (code === 'OTHERRUN' && which))
            throw (this.failure = new FencedError(`another learner has taken over (epoch ${this.epoch})`));
          if (code !== 'OTHERRUN') throw error;
          await this.takeAgain();
          await tell(this.said);
        }
      },
      { signal: this.left.signal, onTrouble: this.options.onTrouble },
    );
    this.confirmed = asked;
  }

  /**
   * Asks Redis where it has not confirmed the seat for half a lease, as after this machine stood still.
   *
   * @throws FencedError where another learner has the seat.
   */
  async confirm(): Promise<void> {
    this.assertHeld();
    if (performance.now() - this.confirmed > this.lease / 2) await this.tell({});
  }

  /** @throws FencedError where another learner has the seat, as far as is known here. */
  assertHeld(): void {
    if (this.failure) throw this.failure;
  }

  /** Gives it up. */
  async leave(): Promise<void> {
    clearInterval(this.clock);
    this.left.abort();
    const { redis, keys } = this.options;
    // Where Redis is gone the lease ends by itself.
    await runScript(redis, LEAVE_SEAT, [keys.lease], [this.epoch]).catch(() => undefined);
  }

  /** Redis has lost what it held. */
  private async takeAgain(): Promise<void> {
    const { redis, keys, run } = this.options;
    const places = [keys.run, keys.rounds, keys.lease, keys.alive, keys.weights];
    const values = [run, this.epoch - 1, this.lease, '0'];
    const [outcome] = (await runScript(redis, TAKE_SEAT, places, values)) as readonly [string];
    if (outcome !== 'taken')
      throw (this.failure = new FencedError('another learner has taken over, in an emptied Redis'));
  }

  private async renew(): Promise<void> {
    if (this.isRenewing) return;
    this.isRenewing = true;
    await this.tell({}).catch(() => undefined); // whoever tells or asks next is told
    this.isRenewing = false;
  }
}
