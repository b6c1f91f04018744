import type { RecordStorage } from '@rl-recsys/recommender';
import type { Fresh, FreshLikes } from './fresh-likes.js';

/** The record that the summary of a service is: to be removed where somebody is removed from a log that no service has open. */
export const FRESH_LIKES = 'fresh-likes.json';

/** Users between two pauses: writing down many takes a while, and others are to be answered meanwhile. */
const AT_ONCE = 1000;

/** As it is kept: since when the log knows more, and of each user their items, the latest last. */
interface Kept {
  readonly at: number;
  readonly users: readonly (readonly [user: string, items: readonly (readonly [string, number, number])[]])[];
}

/** What users did, kept beside a log: so that who opens it reads what came since, and not all that there ever was. */
export class KeptLikes {
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly storage: RecordStorage,
    private readonly fresh: FreshLikes,
  ) {}

  /** @returns the time since when the log has to be read; −∞ where nothing is kept, or it can't be read. */
  async load(): Promise<number> {
    const bytes = await this.storage.read(FRESH_LIKES);
    if (bytes === undefined) return -Infinity;
    let kept: Kept;
    try {
      kept = JSON.parse(new TextDecoder().decode(bytes)) as Kept;
    } catch {
      return -Infinity; // the log has all of it
    }
    for (const [user, items] of kept.users) {
      for (const [item, reward, at] of items) this.fresh.add(user, item, { reward, at });
    }
    return kept.at;
  }

  /**
   * Writes down what is known now, after what is being written.
   *
   * @param at - a time up to which all is known; what comes while it is written may or may not be in it.
   */
  save(at: number): Promise<void> {
    const saved = this.turn.then(() => this.write(at));
    this.turn = saved.catch(() => undefined);
    return saved;
  }

  private async write(at: number): Promise<void> {
    const lines: string[] = [];
    for (const [user, items] of this.fresh.entries()) {
      lines.push(JSON.stringify([user, Array.from(items, ([item, fresh]) => rowOf(item, fresh))]));
      if (lines.length % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    const text = `{"at":${at},"users":[${lines.join(',\n')}]}\n`;
    await this.storage.write(FRESH_LIKES, new TextEncoder().encode(text));
  }
}

function rowOf(item: string, { reward, at }: Fresh): readonly [string, number, number] {
  return [item, reward, at];
}
