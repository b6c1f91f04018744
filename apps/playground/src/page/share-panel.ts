import { button, make, section } from './dom.js';
import { ago, count } from './format.js';

/** A link to the same run, the recommender as one file, and where the run is kept. */
export class SharePanel {
  readonly element: HTMLElement;
  private readonly told = make('p', { class: 'pg-told', role: 'status' });
  private readonly kept = make('p', { class: 'lv-soft' });
  private readonly commands = make('pre', { tabindex: '0', 'aria-label': 'Commands' });
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
      this.commands,
      this.kept,
    );
    this.enable(false);
    this.show('moving-taste-seed-1-step-48000.tar', 'user-1');
  }

  /** Shows what reads a file, and recommends to somebody in it. */
  show(file: string, user: string): void {
    const [name, who] = [quoted(file), quoted(user)];
    this.commands.textContent = `npm run recommend -- --run ${name} --user ${who} -k 10\nnpm run serve -- --run ${name} --no-auth`;
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

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
