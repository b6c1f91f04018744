import type { TrainingMetrics } from '@rl-recsys/metrics';
import type { CanaryStatus } from '@rl-recsys/off-policy';
import type { LivePage } from './live-page.js';
import type { Visited } from './visitors.js';

/** Visits of an arm that make a point of its curve. */
const IN_A_POINT = 50;

/** Draws what visits of each arm earn, and the interval of how much more the canary's do. */
export class Curves {
  private readonly earned = { serving: [] as number[], canary: [] as number[] };
  private readonly began = performance.now();

  /** @param widest - the widest interval that is drawn: one that says nothing yet would leave no room for the others. */
  constructor(
    private readonly page: LivePage,
    private readonly widest: number,
  ) {}

  add({ arm, earned, visit }: Visited): void {
    const values = this.earned[arm];
    values.push(earned);
    if (values.length < IN_A_POINT) return;
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
    this.line(arm, visit, { episodeReturn: mean });
    values.length = 0;
  }

  interval(visit: number, { gain }: CanaryStatus): void {
    if (gain.high - gain.low > this.widest) return;
    for (const [name, value] of [
      ['at least', gain.low],
      ['at most', gain.high],
    ] as const) {
      this.line(`canary's gain, ${name}`, visit, { figures: { canaryGain: value } });
    }
    this.line(`canary's gain, none`, visit, { figures: { canaryGain: 0 } }); // what the interval has to leave
  }

  private line(run: string, visit: number, given: Partial<TrainingMetrics>): void {
    const seconds = (performance.now() - this.began) / 1000;
    const nothing = {
      reward: null as unknown as number,
      episodeReturn: null,
      episodeLength: null,
      figures: {},
    };
    const line: TrainingMetrics = {
      ...{ step: visit, episodes: visit, ...nothing, histograms: {}, seconds },
      ...{ stepsPerSecond: null as unknown as number, ...given },
    };
    this.page.add(run, { kind: 'metrics', line });
  }
}
