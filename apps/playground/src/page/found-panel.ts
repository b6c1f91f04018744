import type { Found } from '../messages.js';
import { button, make } from './dom.js';
import { ago, count } from './format.js';

/** Offers the run that an earlier visit has left. */
export class FoundPanel {
  readonly element: HTMLElement = make('section', {
    class: 'pg-found lv-card',
    'aria-label': 'An earlier run',
  });

  constructor(private readonly actions: { takeUp(): void; forget(): void }) {
    this.element.hidden = true;
  }

  /** @param openLink - opens the link by which the reader came, if by one. */
  offer({ plan, step, at }: Found, openLink?: () => void): void {
    this.element.hidden = false;
    this.element.replaceChildren(
      make(
        'p',
        {},
        make('strong', {}, 'You have a run here. '),
        `It was kept ${ago(at)}, ${count(step)} of ${count(plan.steps)} items shown. Another that is begun takes its place.`,
      ),
      make(
        'div',
        { class: 'pg-buttons' },
        button('Go on with it', () => this.leave(() => this.actions.takeUp()), 'pg-primary'),
        openLink
          ? button('Open the link instead', () => this.leave(openLink))
          : button('Forget it', () => this.leave(() => this.actions.forget())),
      ),
    );
  }

  close(): void {
    this.element.hidden = true;
  }

  private leave(action: () => void): void {
    this.close();
    action();
  }
}
