import type { EpisodeSummary } from '@rl-recsys/agent';

/** As many as other libraries look back on: fewer would make the best of checkpoints the luckiest one. */
const EPISODES = 100;

/** What the last hundred episodes of training earned on average, exploration included: checkpoints are compared by it. */
export class RecentReturn {
  private readonly returns: number[] = [];

  add(episode: Pick<EpisodeSummary, 'return'>): void {
    this.returns.push(episode.return);
    if (this.returns.length > EPISODES) this.returns.shift();
  }

  /** Null where there were fewer of them. */
  mean(): number | null {
    if (this.returns.length < EPISODES) return null;
    return this.returns.reduce((sum, each) => sum + each, 0) / EPISODES;
  }
}
