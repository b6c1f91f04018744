import { DatasetError, readBlobColumns } from '@rl-recsys/datasets/blob';
import type { DroppedFile, FileColumns, Problem } from '../messages.js';
import { button, choice, make, section } from './dom.js';

/** What columns are usually called, the most usual first; of case, spaces and lines nothing is made. */
const usual = {
  user: ['user', 'user_id', 'userid', 'customer', 'customer_id', 'reviewer', 'reviewerid', 'who'],
  item: ['item', 'item_id', 'itemid', 'movieid', 'movie_id', 'product', 'product_id', 'asin', 'sku', 'track'],
  rating: ['rating', 'stars', 'score', 'overall'],
  time: ['timestamp', 'time', 'at', 'date', 'event_time', 'unixreviewtime'],
} as const;

const NONE = '';

/** Ratings of the reader's own: a file, and which of its columns are what. */
export class FilePanel {
  readonly element: HTMLElement;
  private readonly input = make('input', {
    ...{ type: 'file', name: 'file', accept: '.csv,.tsv,.json,.ndjson,.jsonl,.gz,text/csv' },
  });
  private readonly fields = {
    user: make('select', { name: 'user-column' }),
    item: make('select', { name: 'item-column' }),
    rating: make('select', { name: 'rating-column' }),
    time: make('select', { name: 'time-column' }),
  };
  private readonly encoding = choice('encoding', [
    { value: 'utf-8', text: 'UTF-8' },
    { value: 'latin1', text: 'Latin-1' },
    { value: 'windows-1252', text: 'Windows-1252' },
  ]);
  private readonly decimal = choice('decimal', [
    { value: 'point', text: '2.5' },
    { value: 'comma', text: '2,5' },
  ]);
  private readonly counts = make('input', { type: 'checkbox', name: 'counts' });
  private readonly problem = make('div', { class: 'pg-problem', role: 'alert' });
  private readonly form: HTMLElement;
  private file: File | undefined;

  constructor(private readonly begin: (file: DroppedFile) => void) {
    const field = (text: string, control: HTMLElement) => make('label', {}, text, control);
    this.form = make(
      'div',
      { class: 'pg-fields' },
      field('Users are in', this.fields.user),
      field('Items are in', this.fields.item),
      field('Ratings are in', this.fields.rating),
      field('Times are in', this.fields.time),
      field('Written in', this.encoding),
      field('Numbers look like', this.decimal),
      make('label', { class: 'pg-check' }, this.counts, ' ratings are counts'),
      make(
        'div',
        { class: 'pg-buttons' },
        button('Train on it', () => this.go(), 'pg-primary'),
      ),
    );
    this.form.hidden = true;
    this.element = section(
      'Ratings of your own',
      'file',
      make(
        'p',
        {},
        'Drop a CSV anywhere on this page, or choose one: users, items and ratings, one row each; TSV and JSON too, gzipped or not. It is read here by the reader that the command line has, and goes nowhere.',
      ),
      make('label', { class: 'pg-choose' }, 'Choose a file ', this.input),
      this.form,
      this.problem,
    );
    this.element.classList.add('lv-card');
    this.element.hidden = true;
    this.input.addEventListener('change', () => void this.take(this.input.files?.[0]));
  }

  open(hasFocus: boolean): void {
    this.element.hidden = false;
    if (hasFocus) this.input.focus();
  }

  close(): void {
    this.element.hidden = true;
  }

  /** A file that was dropped or chosen: where its columns are called as usual, it is trained on at once. */
  async take(file: File | undefined): Promise<void> {
    if (!file) return;
    this.file = file;
    this.element.hidden = false;
    this.say();
    this.encoding.value = 'utf-8';
    this.decimal.value = 'point';
    this.counts.checked = false;
    if (!(await this.readColumns())) return;
    this.go();
  }

  /** Shows why a file was refused, with a button for each thing that would read it. */
  say(problem?: Problem): void {
    this.problem.replaceChildren();
    if (!problem) return;
    this.element.hidden = false;
    const told = make('p', {}, problem.text);
    const helps = (problem.advice ?? []).map(({ option, value }) =>
      button(helpText(option, value), () => {
        this.follow(option, value);
        this.go();
      }),
    );
    this.problem.append(told, ...(helps.length > 0 ? [make('div', { class: 'pg-buttons' }, ...helps)] : []));
  }

  private async readColumns(): Promise<boolean> {
    const file = this.file!;
    try {
      const names = await readBlobColumns(file, file.name);
      for (const [kind, field] of Object.entries(this.fields)) {
        const known: readonly string[] = usual[kind as keyof typeof usual];
        const found = known
          .map((name) => names.find((each) => each.trim().toLowerCase().replace(/\s+/g, '_') === name))
          .find((name) => name);
        const none = kind === 'time' ? '(rows are in their order)' : '(choose)';
        field.replaceChildren(
          make('option', { value: NONE }, none),
          ...names.map((name) => make('option', { value: name }, name)),
        );
        field.value = found ?? NONE;
      }
      this.form.hidden = false;
      return true;
    } catch (error) {
      this.form.hidden = true;
      this.say({ about: 'file', text: error instanceof DatasetError ? error.reason : String(error) });
      return false;
    }
  }

  private go(): void {
    const file = this.file;
    if (!file) return;
    const { user, item, rating, time } = this.fields;
    const missing = Object.entries({ users: user, items: item, ratings: rating })
      .filter(([, { value }]) => value === NONE)
      .map(([what]) => what);
    if (missing.length > 0) {
      const columns = missing.map((what) => `the column that ${what} are in`).join(' and ');
      const likes =
        rating.value === NONE ? ' A log of likes alone is for the command line, npm run train.' : '';
      return this.say({ about: 'file', text: `${file.name}: choose ${columns}.${likes}` });
    }
    this.say();
    const columns: FileColumns = {
      ...{ user: user.value, item: item.value, rating: rating.value },
      ...(time.value !== NONE && { time: time.value }),
      ...(this.encoding.value !== 'utf-8' && { encoding: this.encoding.value as 'latin1' }),
      ...(this.decimal.value !== 'point' && { decimal: 'comma' }),
      ...(this.counts.checked && { counts: 'log' }),
    };
    this.begin({ name: file.name, blob: file, columns });
  }

  private follow(option: string, value: string): void {
    if (option === 'encoding') this.encoding.value = value;
    if (option === 'decimal') this.decimal.value = value;
    if (option === 'counts') this.counts.checked = true;
    if (option === 'rating') this.fields.rating.value = value;
  }
}

function helpText(option: string, value: string): string {
  if (option === 'encoding') return `Read it as ${value}`;
  if (option === 'decimal') return 'Read 2,5 as a number';
  if (option === 'counts') return 'Take ratings for counts';
  return `Ratings are in ${value}`;
}
