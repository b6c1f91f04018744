import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent, EpisodeSummary, Figures, SessionStep, SplitAgent } from '@rl-recsys/agent';
import type { Fields } from '@rl-recsys/replay-buffer';
import type { ActorPort } from './actor-port.js';
import { paceLimiter } from './pace-limiter.js';
import { RoundCodec, type EndedEpisode } from './round-codec.js';
import type { RunFacts } from './run-facts.js';
import { decodeWeights } from './weights-codec.js';

/** Milliseconds between two looks for newer weights: where actors are many, all of them together would ask for much. */
export const LOOKS = { few: 200, many: 1_000, each: 5 };
/** Of so many weights in a row none was such as this agent has: then its options are others than the learner's. */
const MOST_REFUSALS = 30;
/** Milliseconds between two looks whether the learner has caught up: doubled each time. */
const WAITS = { first: 5, longest: 200 };

/**
 * An agent that acts here and learns elsewhere: what a round comes to is sent to the learner, and newer weights are taken from there. It waits
 * where it is too far ahead of what is learned.
 */
export class ActingAgent<Observation, Action, F extends Fields> implements Agent<Observation, Action> {
  private readonly codec: RoundCodec<F>;
  private readonly sizes: readonly number[];
  private episodes: EndedEpisode[] = [];
  private weights = '';
  private lookedAt = -Infinity;
  private refusals = 0;

  /**
   * @param sessions - how many there are side by side: a round counts as so many steps.
   * @param onOver - is called when the run has come to its end.
   * @param signal - ends waiting.
   * @param onRefused - is told in one sentence of weights that are none.
   */
  constructor(
    private readonly agent: SplitAgent<Observation, Action, F>,
    private readonly port: ActorPort,
    private readonly sessions: number,
    private readonly onOver: () => void,
    private readonly signal?: AbortSignal,
    private readonly onRefused?: (sentence: string) => void,
  ) {
    this.codec = new RoundCodec(agent.fields);
    this.sizes = agent.weights().map(({ length }) => length);
  }

  /** Takes the weights that there are. */
  async start(): Promise<void> {
    await this.follow(await this.port.look());
  }

  begin(): void {
    this.agent.begin?.();
  }

  act(observations: readonly Observation[]): Action[] {
    return this.agent.act(observations);
  }

  explore(observations: readonly Observation[], sessions: readonly number[]): Action[] {
    return this.agent.explore(observations, sessions);
  }

  async observe(steps: readonly SessionStep<Observation, Action>[]): Promise<readonly Figures[]> {
    const round = {
      steps: this.sessions,
      transitions: this.agent.collect(steps),
      rewards: steps.map(({ reward }) => reward),
      episodes: this.episodes.splice(0),
    };
    await this.follow(await this.port.push(this.codec.encode(round), this.weights));
    return [];
  }

  /** An episode has ended: the learner is told with the next round. */
  ended(episode: EpisodeSummary): void {
    this.episodes.push(episode);
  }

  /** Does as the run has it by now: ends, waits, explores less, acts by newer weights. */
  private async follow(first: RunFacts): Promise<void> {
    let facts = first;
    let wait = WAITS.first;
    while (!facts.over && !this.signal?.aborted && this.isAhead(facts)) {
      await sleep(wait);
      wait = Math.min(2 * wait, WAITS.longest);
      facts = await this.port.look();
    }
    if (facts.over) return this.onOver();
    this.agent.atRound(roundsOf(facts));
    const now = performance.now();
    const look = Math.min(LOOKS.many, Math.max(LOOKS.few, LOOKS.each * facts.actors));
    if (facts.weights === this.weights || now - this.lookedAt < look) return;
    this.lookedAt = now;
    const bytes = await this.port.weights();
    if (!bytes) return;
    try {
      this.agent.takeWeights(decodeWeights(bytes, this.sizes));
      this.weights = facts.weights;
      this.refusals = 0;
    } catch (error) {
      this.refusals += 1;
      if (this.refusals >= MOST_REFUSALS) throw error;
      // Those of a moment later may be whole; until then it acts by what it has.
      if (this.refusals === 1)
        this.onRefused?.(`what was to be acted by is refused: ${(error as Error).message}`);
    }
  }

  private isAhead(facts: RunFacts): boolean {
    const counts = { inserts: roundsOf(facts), samples: facts.samples };
    return !paceLimiter(this.agent.pace, facts.actors).canInsert(counts);
  }
}

/** All rounds that are learned from or will be. */
function roundsOf({ inserted, sent, position }: RunFacts): number {
  return inserted + Math.max(0, sent - position);
}
