import { button, make, section } from './dom.js';
import { ago, count } from './format.js';

/** A link to the same run, the recommender as one file, and where the run is kept. */
export class SharePanel {
  readonly element: HTMLElement;
  private readonly told = make('p', { class: 'pg-told', role: 'status' });
  private readonly kept = make('p', { class: 'lv-soft' });
  private readonly shareButton: HTMLButtonElement;
  private readonly downloadButton: HTMLButtonElement;

  constructor(actions: { share(): Promise<string>; download(): void }) {
    this.shareButton = button('Copy a link to this', () => {
      void actions.share().then((text) => (this.told.textContent = text));
    });
    this.downloadButton = button('Download the recommender', () => actions.download());
    this.element = section(
      'Take it with you',
      'share',
      make('div', { class: 'pg-buttons' }, this.shareButton, this.downloadButton),
      this.told,
      make(
        'p',
        {},
        'A link has the world, the seed and every turn of a knob in it: whoever opens it sees the same run, computed anew. The recommender is one .tar, which a program, the command line and the server read as it is:',
      ),
      make(
        'pre',
        { tabindex: '0', 'aria-label': 'Commands' },
        'npm run recommend -- --run moving-taste-seed-1-step-48000.tar --user user-1 -k 10\nnpm run serve -- --run moving-taste-seed-1-step-48000.tar --no-auth',
      ),
      this.kept,
    );
    this.enable(false);
  }

  enable(can: boolean): void {
    this.shareButton.disabled = this.downloadButton.disabled = !can;
  }

  say(text: string): void {
    this.told.textContent = text;
  }

  keptAt(step: number, at: number): void {
    this.element.dataset['kept'] = String(step);
    this.kept.textContent = `Kept in this browser at ${count(step)} items shown, ${ago(at)}: a tab that is closed loses nothing.`;
  }
}
