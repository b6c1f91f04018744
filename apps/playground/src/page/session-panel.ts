import type { Begun, Story, StoryStep } from '../messages.js';
import { make, section } from './dom.js';
import { count, decimal, signed } from './format.js';
import { itemLabel, starsText } from './item-label.js';
import { whyOf } from './why.js';

/** One user's session step by step: what was shown, what it earned, how the mood went, and why. */
export class SessionPanel {
  readonly element: HTMLElement;
  private readonly user = make('select', { name: 'user' });
  private readonly hold = make('input', { type: 'checkbox', name: 'hold' });
  private readonly heading = make('p', { class: 'pg-session-told' });
  private readonly list = make('ol', { class: 'pg-steps' });
  private readonly why = make('div', { class: 'pg-why-place' });
  private readonly body: HTMLElement;
  private story: Story | undefined;
  private chosen = 0;

  constructor(private readonly ask: (user: number) => void) {
    this.body = make('div', { class: 'pg-session-body' }, this.list, this.why);
    this.element = section(
      'One session, step by step',
      'session',
      make(
        'div',
        { class: 'pg-bar' },
        make('label', {}, 'User ', this.user),
        make('label', { class: 'pg-check' }, this.hold, ' hold this session'),
      ),
      this.heading,
      this.body,
    );
    this.user.addEventListener('change', () => this.ask(Number(this.user.value)));
    this.clear();
  }

  clear(): void {
    this.story = undefined;
    this.element.hidden = true;
  }

  begun({ users }: Begun): void {
    this.user.replaceChildren(
      ...users.map(({ user, name }) => make('option', { value: String(user) }, name)),
    );
  }

  /** Asks for a session by what is known now, unless one is held. */
  refresh(): void {
    if (!this.hold.checked && this.user.value !== '') this.ask(Number(this.user.value));
  }

  show(story: Story): void {
    this.story = story;
    this.element.hidden = false;
    const earned = story.steps.reduce((sum, { reward }) => sum + reward, 0);
    this.heading.replaceChildren(
      make('strong', {}, story.userName),
      ` after ${count(story.step)} items of training: ${story.steps.length} shown, `,
      make('strong', {}, `${decimal(earned)} earned`),
      '. Without exploration; a click on a step says why.',
    );
    const focused = [...this.list.querySelectorAll('button')].findIndex(
      (each) => each === document.activeElement,
    );
    this.list.replaceChildren(...story.steps.map((step, place) => this.row(step, place)));
    this.choose(Math.min(this.chosen, story.steps.length - 1));
    // Whoever was on a step by keyboard stays there.
    if (focused >= 0)
      [...this.list.querySelectorAll('button')]
        .slice(0, focused + 1)
        .at(-1)
        ?.focus({ preventScroll: true });
  }

  private row(step: StoryStep, place: number): HTMLElement {
    const { thought, reward, stars, mood, leaving } = step;
    const press = make(
      'button',
      { type: 'button', class: 'pg-step' },
      make('span', { class: 'pg-step-number', 'aria-hidden': 'true' }, String(place + 1)),
      itemLabel(thought.candidates[0]!),
      earned(reward, stars),
      ...(mood === undefined ? [] : [moodBar(mood, leaving)]),
    );
    press.addEventListener('click', () => this.choose(place));
    return make('li', {}, press);
  }

  private choose(place: number): void {
    this.chosen = place;
    for (const [at, each] of this.list.querySelectorAll('button').entries())
      each.setAttribute('aria-pressed', String(at === place));
    const step = this.story?.steps[place];
    if (step) this.why.replaceChildren(make('h3', {}, `Why step ${place + 1}`), whyOf(step.thought));
  }
}

/** What an item earned, below the stars that it was given. */
function earned(reward: number, stars?: number): HTMLElement {
  const sum = make('span', {}, signed(reward));
  const given =
    stars === undefined
      ? []
      : [make('span', { role: 'img', 'aria-label': `${stars} stars, ` }, starsText(stars))];
  const kind = reward < 0 ? 'lv-loss' : reward > 0 ? 'lv-gain' : 'lv-soft';
  return make('span', { class: `pg-step-earned ${kind}` }, ...given, sum);
}

/** How the user feels after an item, to the left of the middle where that is bad; and whether they were likely to leave. */
function moodBar(mood: number, leaving = 0): HTMLElement {
  const bar = make('span', { class: mood < 0 ? 'pg-mood-bad' : 'pg-mood-good' });
  bar.style.left = `${mood < 0 ? 50 + 50 * mood : 50}%`;
  bar.style.width = `${50 * Math.abs(mood)}%`;
  const told = `mood ${signed(mood)}, leaves with ${Math.round(100 * leaving)} %`;
  return make(
    'span',
    { class: 'pg-mood' },
    make('span', { class: 'pg-mood-bar', role: 'img', 'aria-label': told, title: told }, bar),
    make('span', { class: 'lv-soft', 'aria-hidden': 'true' }, `leaves ${Math.round(100 * leaving)} %`),
  );
}
