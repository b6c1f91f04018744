import type { DdpgLearnResult } from '@rl-recsys/ddpg';
import type { TrainingMetrics } from './metrics.js';

/** Gathers what happens between two lines of metrics and hands out their means. */
export class TrainingMonitor {
  private readonly every: number;
  private readonly lastStep: number;
  private readonly startedAt = performance.now();
  private sessions = 0;
  private steps = 0;
  private updates = 0;
  private actorUpdates = 0;
  private reward = 0;
  private criticLoss = 0;
  private actorLoss = 0;

  /** @param lines - how many lines a run makes, about. */
  constructor({ lines, lastStep }: { readonly lines: number; readonly lastStep: number }) {
    this.every = Math.ceil(lastStep / lines);
    this.lastStep = lastStep;
  }

  sessionBegan(): void {
    this.sessions += 1;
  }

  learned({ criticLoss, actorLoss }: DdpgLearnResult): void {
    this.updates += 1;
    this.criticLoss += criticLoss;
    if (actorLoss === undefined) return;
    this.actorUpdates += 1;
    this.actorLoss += actorLoss;
  }

  /** Counts a step; where a line is due it is returned, and the means begin anew. */
  stepped(now: { step: number; reward: number; epsilon: number }): TrainingMetrics | undefined {
    this.steps += 1;
    this.reward += now.reward;
    if (now.step % this.every !== 0 && now.step !== this.lastStep) return undefined;
    const { steps, updates, actorUpdates } = this;
    const metrics = {
      step: now.step,
      session: this.sessions,
      reward: this.reward / steps,
      criticLoss: updates === 0 ? null : this.criticLoss / updates,
      actorLoss: actorUpdates === 0 ? null : this.actorLoss / actorUpdates,
      epsilon: now.epsilon,
      seconds: (performance.now() - this.startedAt) / 1000,
    };
    this.steps = this.updates = this.actorUpdates = this.reward = this.criticLoss = this.actorLoss = 0;
    return metrics;
  }
}
