import type { Begun } from '../messages.js';
import { MOST_BOREDOM, type Knobs } from '../plan.js';
import { make, section } from './dom.js';

/** One slider with what it is, its value and what it does. */
function slider(name: string, title: string, about: string, most: number, step: number) {
  const input = make('input', { type: 'range', name, min: '0', max: String(most), step: String(step) });
  const output = make('span', { class: 'pg-knob-value' });
  const help = make('p', { class: 'lv-soft', id: `about-${name}` }, about);
  input.setAttribute('aria-describedby', help.id);
  // An output is something that a label can name, and would be named in the place of the slider.
  const id = `knob-${name}`;
  input.id = id;
  const head = make('div', { class: 'pg-knob-head' }, make('label', { for: id }, title), output);
  return { input, output, element: make('div', { class: 'pg-knob' }, head, input, help) };
}

/** What can be changed while it trains. */
export class KnobsPanel {
  readonly element: HTMLElement;
  private readonly gamma = slider(
    'gamma',
    'Looks ahead, γ ',
    'What a reward is worth that comes one item later. 0: the next item is all that counts.',
    1,
    0.01,
  );
  private readonly epsilon = slider(
    'epsilon',
    'Tries at random, ε ',
    'The share of items that are drawn at random, to find out.',
    1,
    0.05,
  );
  private readonly boredom = slider(
    'boredom',
    'Boredom ',
    'How fast simulated users tire of a topic, where 1 is usual. Watch all others move too.',
    MOST_BOREDOM,
    0.1,
  );
  private readonly auto = make('input', { type: 'checkbox', name: 'auto' });

  constructor(private readonly onTurn: (knobs: Knobs) => void) {
    this.epsilon.element.append(
      make('label', { class: 'pg-check' }, this.auto, ' by schedule: from 1 to 0.1 in the first half'),
    );
    this.element = section(
      'Turn it while it learns',
      'knobs',
      this.gamma.element,
      this.epsilon.element,
      this.boredom.element,
    );
    this.element.classList.add('lv-card');
    this.element.addEventListener('input', () => this.tell());
    this.element.addEventListener('change', () => this.onTurn(this.knobs()));
    this.show({ gamma: 0.98, epsilon: 'auto', boredom: 1 });
    this.enable(false);
  }

  begun({ canBeBored }: Begun): void {
    this.boredom.element.hidden = !canBeBored;
  }

  show({ gamma, epsilon, boredom }: Knobs): void {
    this.gamma.input.value = String(gamma);
    this.auto.checked = epsilon === 'auto';
    this.epsilon.input.value = String(epsilon === 'auto' ? 0.1 : epsilon);
    this.boredom.input.value = String(boredom);
    this.tell();
  }

  enable(can: boolean): void {
    for (const input of [this.gamma.input, this.boredom.input, this.auto]) input.disabled = !can;
    this.epsilon.input.disabled = !can || this.auto.checked;
  }

  /** Says what ε is, where the schedule decides. */
  epsilonIs(value: number): void {
    if (this.auto.checked) this.epsilon.output.textContent = value.toFixed(2);
  }

  private knobs(): Knobs {
    return {
      gamma: this.gamma.input.valueAsNumber,
      epsilon: this.auto.checked ? 'auto' : this.epsilon.input.valueAsNumber,
      boredom: this.boredom.input.valueAsNumber,
    };
  }

  private tell(): void {
    const { gamma, epsilon, boredom } = this.knobs();
    this.gamma.output.textContent = gamma.toFixed(2);
    this.epsilon.output.textContent = epsilon === 'auto' ? 'by schedule' : epsilon.toFixed(2);
    this.epsilon.input.disabled = this.auto.disabled || this.auto.checked;
    this.boredom.output.textContent = `${boredom.toFixed(1)} ×`;
  }
}
