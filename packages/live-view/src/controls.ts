import type { CurveRun } from './curve-chart.js';
import { make } from './dom.js';

/** How many colors the style sheet has for runs; after them they start again. */
const COLORS = 8;

/** Which runs are shown, which of them is looked into, and how smooth curves are. */
export class Controls {
  readonly element: HTMLElement;
  private readonly status = make('p', { class: 'lv-status', role: 'status' }, 'Waiting for the first line …');
  private readonly runs = make('fieldset', { class: 'lv-runs' }, make('legend', {}, 'Runs'));
  private readonly choice = make('select', { name: 'run' });
  private readonly slider = make('input', {
    ...{ type: 'range', name: 'smoothing', min: '0', max: '0.95', step: '0.05', value: '0' },
  });
  private readonly hold = make('input', { type: 'checkbox', name: 'hold' });
  /** What is for sessions and histograms alone. */
  private readonly details = [
    make('label', {}, 'Session and histograms of ', this.choice),
    make('label', {}, this.hold, ' hold this session'),
  ];
  private readonly boxes = new Map<string, HTMLInputElement>();

  constructor(onChange: () => void) {
    this.element = make(
      'div',
      { class: 'lv-controls' },
      this.status,
      this.runs,
      ...this.details,
      make('label', {}, 'Smoothing ', this.slider),
    );
    this.element.addEventListener('input', onChange);
  }

  /**
   * Lists runs that are not listed yet.
   *
   * @param hasDetails - whether any has a session or histograms to choose.
   */
  offer(names: readonly string[], hasDetails: boolean): void {
    for (const label of this.details) label.hidden = !hasDetails;
    for (const name of names) {
      if (this.boxes.has(name)) continue;
      const box = make('input', { type: 'checkbox', value: name, checked: '' });
      const swatch = make('span', { class: 'lv-swatch' });
      swatch.style.background = `var(${colorAt(this.boxes.size)})`;
      this.boxes.set(name, box);
      this.runs.append(make('label', {}, box, swatch, name));
      this.choice.append(make('option', { value: name }, name));
    }
  }

  /** The runs whose curves are shown. */
  shown(): CurveRun[] {
    return [...this.boxes].flatMap(([name, { checked }], place) =>
      checked ? [{ name, color: colorAt(place) }] : [],
    );
  }

  /** The run that is looked into. */
  chosen(): string | undefined {
    return this.choice.value || undefined;
  }

  get smoothing(): number {
    return Number(this.slider.value);
  }

  /** Whether the session on the page is to stay there. */
  get isHeld(): boolean {
    return this.hold.checked;
  }

  say(status: string): void {
    this.status.textContent = status;
  }
}

function colorAt(place: number): string {
  return `--lv-run-${(place % COLORS) + 1}`;
}
