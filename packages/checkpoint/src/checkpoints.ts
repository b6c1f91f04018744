import type { SavedState } from '@rl-recsys/random';
import type { RecordStorage } from '@rl-recsys/storage';
import type { Manifest } from './manifest.js';
import { manifestName, numberOf } from './names.js';
import { readManifest, readState } from './read.js';
import { writeCheckpoint } from './write.js';

/** What {@link Checkpoints} are made from. */
export interface CheckpointsOptions {
  /** Where they are kept; it may hold other records too. */
  readonly storage: RecordStorage;
  /** Whose they are, such as a hash of a run's options: those of anybody else are passed over (default: nobody's). */
  readonly of?: string;
  /** How many of the newest are kept (default 3), beside the best where there are scores. */
  readonly keep?: number;
}

/** A checkpoint that was found whole. */
export interface Checkpoint {
  /** Its place in the order of writing. */
  readonly number: number;
  /** Environment steps by then. */
  readonly step: number;
  /** How good it was, higher is better; null where nobody measured. */
  readonly score: number | null;
  /** When it was written. */
  readonly at: Date;
  readonly state: SavedState;
}

/** A checkpoint that could not be used. */
export interface PassedOver {
  readonly number: number;
  /** The record that is at fault, and what is wrong with it. */
  readonly why: string;
}

/** What was looked for, and what was passed over on the way. */
export interface FoundCheckpoint {
  /** Undefined where there is none that is whole. */
  readonly checkpoint: Checkpoint | undefined;
  /** Newest first. */
  readonly passedOver: readonly PassedOver[];
}

/**
 * The checkpoints of a training, in a storage of records. One is whole or not there: its records are written first, piece by piece so that
 * nothing waits long, and last a manifest that seals them with the SHA-256 of each. What a crash leaves half written is swept by the
 * next `save`; older checkpoints are removed only when a newer one is there.
 *
 * One process writes at a time.
 */
export class Checkpoints {
  private readonly storage: RecordStorage;
  private readonly of: string;
  private readonly keep: number;

  /** @throws RangeError where `keep` is not a positive integer. */
  constructor({ storage, of = '', keep = 3 }: CheckpointsOptions) {
    if (!Number.isSafeInteger(keep) || keep < 1)
      throw new RangeError(`keep: expected a positive integer, got ${keep}`);
    this.storage = storage;
    this.of = of;
    this.keep = keep;
  }

  /**
   * Writes a checkpoint, and removes those that are no longer kept. The event loop has its turn between pieces of some megabytes;
   * no large array is copied, so that none may change before this is done.
   *
   * @throws Error where it could not be written, as where the disk is full; the older ones are untouched.
   */
  async save(
    state: SavedState,
    { step, score = null }: { readonly step: number; readonly score?: number | null },
  ): Promise<void> {
    const names = await this.storage.list();
    const number = 1 + Math.max(0, ...numbersIn(names));
    const facts = { of: this.of, step, score, at: new Date().toISOString() };
    try {
      await writeCheckpoint(this.storage, number, state, facts);
    } catch (error) {
      await this.remove([number]).catch(() => undefined); // what can't be removed now is swept later
      throw new Error(`checkpoint: could not be written: ${(error as Error).message}`, { cause: error });
    }
    await this.prune(this.keep);
  }

  /** The newest checkpoint that is whole; those that are not are told of. */
  async newest(): Promise<FoundCheckpoint> {
    return this.firstWhole((await this.sealed()).reverse());
  }

  /** The whole checkpoint of the highest score, the newest of equals; one without a score is never the best. */
  async best(): Promise<FoundCheckpoint> {
    const scored = (await this.manifests(await this.sealed())).filter(
      ({ manifest }) => manifest.score !== null,
    );
    scored.sort((one, other) => other.manifest.score! - one.manifest.score! || other.number - one.number);
    return this.firstWhole(scored.map(({ number }) => number));
  }

  /** Removes all but the newest one and the best, as where a training is done. */
  async keepNewestAndBest(): Promise<void> {
    await this.prune(1);
  }

  private async firstWhole(numbers: readonly number[]): Promise<FoundCheckpoint> {
    const passedOver: PassedOver[] = [];
    for (const number of numbers) {
      try {
        const manifest = await readManifest(this.storage, number, this.of);
        const state = await readState(this.storage, number, manifest, await this.storage.list());
        const { step, score, at } = manifest;
        return { checkpoint: { number, step, score, at: new Date(at), state }, passedOver };
      } catch (error) {
        passedOver.push({ number, why: (error as Error).message });
      }
    }
    return { checkpoint: undefined, passedOver };
  }

  /** The checkpoints that have a manifest, whatever is in it, in the order of writing. */
  private async sealed(): Promise<number[]> {
    const names = await this.storage.list();
    const listed = new Set(names);
    return numbersIn(names).filter((number) => listed.has(manifestName(number)));
  }

  private async manifests(numbers: readonly number[]): Promise<{ number: number; manifest: Manifest }[]> {
    const found: { number: number; manifest: Manifest }[] = [];
    for (const number of numbers) {
      const manifest = await readManifest(this.storage, number, this.of).catch(() => undefined);
      if (manifest) found.push({ number, manifest });
    }
    return found;
  }

  /** Removes all but the newest `keep` and the best, and what was never sealed. */
  private async prune(keep: number): Promise<void> {
    const sealed = await this.sealed();
    const kept = new Set(sealed.slice(-keep));
    let best: { number: number; score: number } | undefined;
    for (const { number, manifest } of await this.manifests(sealed)) {
      const { score } = manifest;
      if (score !== null && !(best && best.score > score)) best = { number, score };
    }
    if (best) kept.add(best.number);
    await this.remove(numbersIn(await this.storage.list()).filter((number) => !kept.has(number)));
  }

  /** What seals a checkpoint goes first: a crash on the way leaves one that is not there. */
  private async remove(numbers: readonly number[]): Promise<void> {
    const names = await this.storage.list();
    for (const number of numbers) {
      await this.storage.remove(manifestName(number));
      for (const name of names) if (numberOf(name) === number) await this.storage.remove(name);
    }
  }
}

function numbersIn(names: readonly string[]): number[] {
  const numbers = names.map(numberOf).filter((number) => number !== undefined);
  return [...new Set(numbers)].sort((a, b) => a - b);
}
