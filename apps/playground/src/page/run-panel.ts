import type { Begun, Phase } from '../messages.js';
import { planFor, worldNames, type Plan, type ReplayName, type WorldName } from '../plan.js';
import { button, choice, make } from './dom.js';
import { count } from './format.js';

const worlds: Readonly<Record<WorldName, string>> = {
  'moving-taste': 'Users whose taste moves',
  shop: 'A small shop',
  ratings: 'Ratings like MovieLens 100K',
  file: 'Ratings of your own (CSV)',
};

/** What the panel asks for. */
export interface RunActions {
  begin(plan: Plan): void;
  /** A world of the reader's own ratings was chosen, and where `isWanted` is to be begun. */
  chooseFile(isWanted: boolean): void;
  pause(): void;
  goOn(): void;
}

/** What is trained, its one large button, and how far it is. */
export class RunPanel {
  readonly element: HTMLElement;
  private readonly world = choice(
    'world',
    worldNames.map((value) => ({ value, text: worlds[value] })),
  );
  private readonly seed = make('input', {
    type: 'number',
    name: 'seed',
    min: '0',
    step: '1',
    value: '1',
    required: '',
  });
  private readonly replay = choice('replay', [
    { value: 'prioritized', text: 'by priority' },
    { value: 'uniform', text: 'all alike' },
  ]);
  private readonly main: HTMLButtonElement;
  private readonly again: HTMLButtonElement;
  private readonly bar = make('progress', { max: '1', value: '0', 'aria-label': 'How far training is' });
  private readonly place = make('p', { class: 'pg-place' });
  private readonly status = make('p', { class: 'pg-status', role: 'status' }, 'Starting …');
  private readonly about = make('p', { class: 'lv-soft pg-about' });
  private phase: Phase | 'none' | 'starting' = 'starting';
  private steps = 1;

  constructor(private readonly actions: RunActions) {
    this.main = button('Start', () => this.onMain(), 'pg-primary');
    this.main.disabled = true;
    this.again = button('Start over', () => this.begin());
    this.again.hidden = true;
    this.element = make(
      'section',
      { class: 'pg-run lv-card', 'aria-label': 'The run' },
      make(
        'div',
        { class: 'pg-fields' },
        make('label', {}, 'World', this.world),
        make('label', {}, 'Seed', this.seed),
        make('label', {}, 'Replay', this.replay),
        make('div', { class: 'pg-buttons' }, this.main, this.again),
      ),
      this.about,
      make('div', { class: 'pg-progress' }, this.bar, this.place),
      this.status,
    );
    for (const field of [this.world, this.seed, this.replay])
      field.addEventListener('change', () => this.onField());
  }

  /** It can be begun now. */
  ready(): void {
    this.stopped();
    this.say('Ready. A run takes about a minute.');
  }

  /** It can't be in this browser. */
  cannot(): void {
    this.phase = 'starting';
    this.main.disabled = true;
    this.say('');
  }

  /** What the fields ask for. */
  wanted(world: WorldName): Plan {
    return { ...planFor(world, this.seed.valueAsNumber || 0), replay: this.replay.value as ReplayName };
  }

  say(text: string): void {
    this.status.textContent = text;
  }

  /** Shows a plan that something else began. */
  show({ world, seed, replay, steps }: Plan): void {
    this.world.value = world;
    this.seed.value = String(seed);
    this.replay.value = replay;
    this.steps = steps;
  }

  preparing(text: string): void {
    this.phase = 'starting';
    this.main.disabled = true;
    this.again.hidden = true;
    this.say(text);
  }

  begun({ plan, about, size }: Begun): void {
    this.show(plan);
    this.main.disabled = false;
    this.about.textContent = `${about} ${count(size.users)} users, ${count(size.items)} items, ${count(size.ratings)} ratings to start from.`;
  }

  /** Nothing is trained any more, so that something else can be begun. */
  stopped(): void {
    this.phase = 'none';
    this.main.disabled = false;
    this.main.textContent = 'Start';
    this.again.hidden = true;
    this.say('');
  }

  at(step: number, stepsPerSecond?: number): void {
    this.bar.value = step / this.steps;
    const speed =
      stepsPerSecond === undefined || this.phase !== 'training'
        ? ''
        : ` · ${count(Math.round(stepsPerSecond))} a second`;
    this.place.textContent = `${count(step)} of ${count(this.steps)} items shown${speed}`;
  }

  turnInto(phase: Phase): void {
    this.phase = phase;
    this.main.textContent = { training: 'Pause', paused: 'Go on', done: 'Start over' }[phase];
    this.again.hidden = phase !== 'paused';
    this.say({ training: 'Training.', paused: 'Paused.', done: 'Trained.' }[phase]);
  }

  private onMain(): void {
    if (this.phase === 'training') this.actions.pause();
    else if (this.phase === 'paused') this.actions.goOn();
    else this.begin();
  }

  /** What is chosen is for the next run; whoever walks through worlds by keyboard begins none of them. */
  private onField(): void {
    if (this.world.value === 'file') this.actions.chooseFile(false);
    this.again.hidden = this.phase === 'none' || this.phase === 'starting';
  }

  private begin(): void {
    const world = this.world.value as WorldName;
    if (world === 'file') return this.actions.chooseFile(true);
    if (this.seed.reportValidity()) this.actions.begin(this.wanted(world));
  }
}
