import { CurveChart, type CurveRun } from '@rl-recsys/live-view';
import type { Baseline, Compared, Measured } from '../messages.js';
import { make, section } from './dom.js';
import { decimal } from './format.js';

const DRR = 'DRR, learning';

/** What a session earns, beside those who look no further than the next item. */
export class EarnedPanel {
  readonly element: HTMLElement;
  private readonly chart = new CurveChart('sessionReward', {
    description: {
      title: 'What a session earns',
      formula: 'the mean of Σ r over sessions of users apart, without exploration',
      about:
        'Broken lines do not learn here: they always show what looks best next. One of them sees what no recommender can, the mood itself.',
    },
    height: 300,
  });
  private readonly verdict = make('p', { class: 'pg-verdict' });
  private readonly empty = make(
    'p',
    { class: 'pg-empty lv-card lv-soft' },
    'Press Start: after some seconds the line of the one that learns leaves the others.',
  );
  private measured: Measured[] = [];
  /** Since which step others earn what; turning boredom changes that. */
  private compared: Compared[] = [];

  constructor() {
    this.element = section('What it is for', 'earned', this.verdict, this.empty, this.chart.element);
    this.clear();
    new ResizeObserver(() => this.chart.resize()).observe(this.chart.element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.chart.recolor());
  }

  clear(): void {
    this.measured = [];
    this.compared = [];
    this.empty.hidden = false;
    this.chart.element.hidden = true;
    this.verdict.textContent =
      'Every broken line that will be here is somebody who recommends what looks best next. The one that learns begins among them, and is to leave them behind.';
  }

  compareWith(...compared: readonly Compared[]): void {
    this.compared.push(...compared);
    this.draw();
  }

  add(...measured: readonly Measured[]): void {
    this.measured.push(...measured);
    this.draw();
  }

  private draw(): void {
    this.empty.hidden = true;
    this.chart.element.hidden = false;
    const { measured, compared } = this;
    const baselines = compared.at(-1)?.baselines ?? [];
    const steps = measured.length > 0 ? measured.map(({ step }) => step) : [0, 1];
    const runs: CurveRun[] = [
      { name: DRR, color: '--lv-run-1' },
      ...baselines.map(({ name }, place) => ({ name, color: `--lv-run-${place + 2}`, isReference: true })),
    ];
    const others = baselines.map(({ name }) =>
      steps.map((step) => {
        const then = compared.filter(({ since }) => since <= step).at(-1) ?? compared[0]!;
        return then.baselines.find((each) => each.name === name)?.reward ?? null;
      }),
    );
    const own = measured.length > 0 ? measured.map(({ reward }) => reward) : [null, null];
    this.chart.draw(runs, { steps, values: [own, ...others] });
    this.judge(baselines);
  }

  private judge(baselines: readonly Baseline[]): void {
    const now = this.measured.at(-1)?.reward;
    const rivals = baselines.filter(({ seesHidden }) => !seesHidden).toSorted((a, b) => b.reward - a.reward);
    const [best] = rivals;
    if (now === undefined || !best) return;
    const seer = baselines.find(({ seesHidden }) => seesHidden);
    const ahead = now - best.reward;
    Object.assign(this.element.dataset, { drr: String(now), best: String(best.reward) });
    const earns = make('strong', {}, `A session earns ${decimal(now)}`);
    const beside = `${best.name}, the best that looks no further than the next item`;
    const words =
      ahead > 0.005
        ? `: ${decimal(ahead)} more than ${beside} (${decimal(best.reward)})`
        : ahead < -0.005
          ? `: ${decimal(-ahead)} less than ${beside} (${decimal(best.reward)})`
          : `, as much as with ${best.name}${this.measured.every(({ reward }) => reward === now) ? ': it starts there, and has learned nothing yet' : ''}`;
    const beyond =
      seer && now > seer.reward
        ? `, and more than somebody who sees every mood and shows the best next item (${decimal(seer.reward)})`
        : '';
    this.verdict.replaceChildren(earns, `${words}${beyond}.`);
  }
}
