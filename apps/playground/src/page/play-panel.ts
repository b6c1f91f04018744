import type { Begun, Played } from '../messages.js';
import { button, make, section } from './dom.js';
import { decimal } from './format.js';
import { itemLabel, starsText, topicColor } from './item-label.js';
import { whyOf } from './why.js';

/** The reader is the user: rates what is shown, and sees what the recommender thinks of them move. */
export class PlayPanel {
  readonly element: HTMLElement;
  private readonly user = make('select', { name: 'seat' });
  private readonly card = make('div', { class: 'pg-play-card', 'aria-live': 'polite' });
  private readonly stars = make('div', { class: 'pg-stars', role: 'group', 'aria-label': 'Rate it' });
  private readonly past = make('ol', { class: 'lv-chips' });
  private readonly topics = make('div', { class: 'pg-topics' });
  private readonly why = make('div', {});
  private readonly body: HTMLElement;

  constructor(play: (user: number) => void, rate: (stars: number) => void) {
    for (let count = 1; count <= 5; count++) {
      const star = button(`${count} ★`, () => rate(count));
      star.setAttribute('aria-label', `${count} star${count === 1 ? '' : 's'}`);
      star.dataset['stars'] = String(count);
      this.stars.append(star);
    }
    this.body = make(
      'div',
      { class: 'pg-play-body' },
      make('div', { class: 'lv-card' }, this.card, this.stars, this.past),
      make('div', { class: 'pg-play-mind' }, this.topics, this.why),
    );
    this.body.hidden = true;
    this.element = section(
      'Be the user',
      'play',
      make(
        'p',
        { class: 'lv-soft' },
        'Sit in the seat of a user. What they rated before is known; what you give now is all that moves it.',
      ),
      make(
        'div',
        { class: 'pg-bar' },
        make('label', {}, 'Sit in for ', this.user),
        button('Sit down', () => play(Number(this.user.value))),
      ),
      this.body,
    );
    this.clear();
  }

  /** What one of those is called in whose seat one can sit. */
  get firstUser(): string {
    return this.user.options[0]?.textContent ?? '';
  }

  clear(): void {
    this.element.hidden = true;
    this.body.hidden = true;
  }

  begun({ users }: Begun): void {
    this.element.hidden = false;
    this.body.hidden = true;
    this.user.replaceChildren(
      ...users.map(({ user, name }) => make('option', { value: String(user) }, name)),
    );
  }

  show({ userName, shown, thought, before }: Played): void {
    this.body.hidden = false;
    this.stars.hidden = thought === undefined;
    this.past.replaceChildren(
      ...shown.map(({ facts, stars }) => make('li', {}, itemLabel(facts), ` ${starsText(stars)}`)),
    );
    if (!thought) {
      this.card.replaceChildren(make('p', {}, 'Nothing is left that you have not seen.'));
      this.why.replaceChildren();
      return;
    }
    this.card.replaceChildren(
      make('p', { class: 'lv-soft' }, `${userName}, item ${shown.length + 1} of your session`),
      make(
        'p',
        { class: 'pg-play-item' },
        itemLabel({ ...thought.candidates[0]!, name: thought.candidates[0]!.name }),
      ),
      make('p', {}, 'What do you give it?'),
    );
    this.topics.replaceChildren(...topicBars(thought.topics, before));
    this.why.replaceChildren(make('h3', {}, 'Why this one'), whyOf(thought));
  }
}

/** What it scores each topic's items on average, with a mark where that was before the last rating. */
function topicBars(topics: readonly number[], before: readonly number[]): HTMLElement[] {
  if (topics.length === 0) return [];
  const all = [...topics, ...before];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const share = (score: number) => 5 + (95 * (score - low)) / Math.max(1e-9, high - low);
  const rows = topics.map((score, topic) => {
    const bar = make('span', { class: 'pg-topic-bar' });
    bar.style.width = `${share(score)}%`;
    bar.style.background = topicColor(topic);
    const was = before[topic];
    const mark = make('span', { class: 'pg-topic-was' });
    if (was !== undefined) mark.style.left = `${share(was)}%`;
    mark.hidden = was === undefined;
    const moved =
      was === undefined ? '' : `, ${score >= was ? 'up' : 'down'} ${decimal(Math.abs(score - was))}`;
    const told = `topic ${topic + 1}: ${decimal(score)}${moved}`;
    return make(
      'div',
      { class: 'pg-topic' },
      make('span', { class: 'lv-soft' }, `topic ${topic + 1}`),
      make('span', { class: 'pg-topic-track', role: 'img', 'aria-label': told, title: told }, bar, mark),
      make('span', { class: 'pg-number' }, decimal(score)),
    );
  });
  return [make('h3', {}, 'What it thinks you like now'), ...rows];
}
