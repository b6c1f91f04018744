import { train } from '@rl-recsys/agent';
import type { ResidualAgent } from '@rl-recsys/drr';
import type { TrainingMetrics } from '@rl-recsys/metrics';
import type { SavedState } from '@rl-recsys/random';
import type { Measured, News, Phase } from '../messages.js';
import { knobsAt, withoutPause, type Knobs, type Plan } from '../plan.js';
import type { KeptRun } from './kept.js';
import type { World } from './worlds/world.js';

/** Milliseconds between two times that a run is kept. */
const KEEP_EVERY = 10_000;
/** Lines of metrics between two measurements, which take about as long as training does in between two lines. */
const MEASURE_EVERY = 3;

/** What a run needs beside its world. */
export interface RunOptions {
  readonly plan: Plan;
  readonly tell: (news: News) => void;
  /** Keeps it; what it is given is good until the promise is kept. */
  readonly keep: (run: KeptRun, step: number) => Promise<void>;
  /** Goes on from there. */
  readonly from?: { readonly run: KeptRun; readonly step: number };
}

/**
 * One training. To turn a knob it is stopped after a round, made anew with the knob where it is now, and goes on from its own state: so
 * that a plan with the steps at which knobs were turned gives the same run again, to the bit.
 */
export class Run {
  plan: Plan;
  step = 0;
  phase: Phase = 'training';
  private agent: ResidualAgent | undefined;
  /** How bored users were when others were measured. */
  private boredom: number;
  private readonly lines: TrainingMetrics[];
  private readonly measured: Measured[];
  private state: SavedState | undefined;
  private segment = new AbortController();
  /** Knobs that are turned once the round that is played now is over. */
  private turned: Knobs | undefined;
  private isWaiting = false;
  private isTurnedMeanwhile = false;
  private isPaused = false;
  private isStopped = false;
  private isKeepWanted = false;
  private lastKept = performance.now();
  private wake: () => void = () => undefined;

  constructor(
    readonly world: World,
    private readonly options: RunOptions,
  ) {
    const { plan, from } = options;
    this.plan = plan;
    this.lines = [...(from?.run.lines ?? [])];
    this.measured = [...(from?.run.measured ?? [])];
    this.state = from?.run.training;
    this.step = from?.step ?? 0;
    this.boredom = this.knobs.boredom;
  }

  get knobs(): Knobs {
    return knobsAt(this.plan, this.step);
  }

  /** The agent as it is now; undefined before it is made. */
  get current(): ResidualAgent | undefined {
    return this.agent;
  }

  pause(): void {
    this.isPaused = true;
  }

  goOn(): void {
    this.isPaused = false;
    this.wake();
  }

  /** Turns knobs: where it is paused, or else after the round that is played now. */
  async turn(knobs: Knobs): Promise<void> {
    if (this.isWaiting) {
      this.isTurnedMeanwhile = true;
      return this.takeTurn(knobs);
    }
    this.turned = knobs;
    this.segment.abort();
  }

  keepNow(): void {
    this.isKeepWanted = true;
  }

  /** Gives it up. */
  stop(): void {
    this.isStopped = true;
    this.segment.abort();
    this.wake();
    if (this.phase === 'done') this.dispose();
  }

  /** Trains to the end of the plan, or until it is given up. */
  async train(): Promise<void> {
    while (!this.isStopped) {
      await this.compare();
      const made = this.world.make(this.plan, this.knobs);
      const before = this.agent;
      this.agent = made.agent;
      this.segment = new AbortController();
      if (!this.isPaused) this.turnInto('training');
      const madeAt = this.step;
      const running = train({
        ...made,
        steps: this.plan.steps,
        signal: this.segment.signal,
        ...(this.state !== undefined && { resume: this.state }),
        checkpoints: {
          isDue: (step) => this.isDue(step, madeAt),
          save: (state, step) => this.save(state, step),
        },
        onMetrics: (line) => this.told(line),
      });
      before?.dispose(); // its numbers were taken over by now
      this.step = await running;
      if (this.step >= this.plan.steps) return this.turnInto('done');
      const { turned } = this;
      this.turned = undefined;
      if (turned) await this.takeTurn(turned);
    }
    this.dispose();
  }

  private dispose(): void {
    this.agent?.dispose();
    this.agent = undefined;
  }

  /** Asked after each round. */
  private isDue(step: number, madeAt: number): boolean {
    this.step = step;
    const { turns, until } = this.plan;
    if (turns.some((turn) => turn.step > madeAt && turn.step <= step)) this.segment.abort();
    if (until !== undefined && step >= until) {
      this.plan = withoutPause(this.plan);
      this.isPaused = true;
    }
    const isTime = performance.now() - this.lastKept > KEEP_EVERY;
    return this.isPaused || this.isKeepWanted || isTime || step >= this.plan.steps;
  }

  private async save(state: SavedState, step: number): Promise<void> {
    const { plan, lines, measured } = this;
    this.state = state;
    if (this.segment.signal.aborted) return; // it goes on at once
    this.isKeepWanted = false;
    await this.options.keep({ plan, lines, measured, training: state }, step);
    this.lastKept = performance.now();
    if (!this.isPaused) return;
    await this.measure(step);
    this.turnInto('paused');
    this.isWaiting = true;
    while (this.isPaused && !this.isStopped) await new Promise<void>((resolve) => (this.wake = resolve));
    this.isWaiting = false;
    if (this.isTurnedMeanwhile) this.segment.abort();
    this.isTurnedMeanwhile = false;
    if (!this.isStopped) this.turnInto('training');
  }

  private turnInto(phase: Phase): void {
    this.phase = phase;
    this.options.tell({ kind: 'phase', phase, step: this.step });
  }

  private async told(line: TrainingMetrics): Promise<void> {
    this.lines.push(line);
    this.options.tell({ kind: 'line', line });
    const isLast = line.step >= this.plan.steps;
    if (isLast || this.lines.length % MEASURE_EVERY === 1) await this.measure(line.step);
  }

  private async measure(step: number): Promise<void> {
    if (this.measured.at(-1)?.step === step) return;
    const reward = await this.world.measure(this.agent!.policy(), this.knobs);
    const measured = { step, reward };
    this.measured.push(measured);
    this.options.tell({ kind: 'measured', measured });
  }

  private async takeTurn(knobs: Knobs): Promise<void> {
    const { step } = this;
    // Turns of the plan that are still to come were another reader's.
    this.plan = {
      ...this.plan,
      turns: [...this.plan.turns.filter((turn) => turn.step < step), { step, knobs }],
    };
    this.options.tell({ kind: 'plan', plan: this.plan });
    await this.compare();
  }

  /** Tells what others earn, where users are bored otherwise than before. */
  private async compare(): Promise<void> {
    const { knobs, step } = this;
    if (knobs.boredom === this.boredom) return;
    this.boredom = knobs.boredom;
    const baselines = await this.world.baselines(knobs);
    this.options.tell({ kind: 'compared', compared: { since: step, baselines } });
  }
}
