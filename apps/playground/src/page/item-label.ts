import type { ItemFacts } from '../messages.js';
import { make } from './dom.js';

/** An item as a reader knows it: its topic as a dot, its name, and whether it is clickbait, which no recommender sees. */
export function itemLabel({ name, topic, bait }: ItemFacts): HTMLElement {
  const parts: Node[] = [];
  if (topic !== undefined) {
    const dot = make('span', { class: 'pg-dot', 'aria-hidden': 'true' });
    dot.style.background = topicColor(topic);
    parts.push(dot);
  }
  parts.push(make('span', { class: 'pg-item-name' }, name));
  if (topic !== undefined) parts.push(make('span', { class: 'lv-soft' }, `topic ${topic + 1}`));
  if (bait !== undefined && bait > 0.5) parts.push(make('span', { class: 'pg-bait' }, 'clickbait'));
  return make('span', { class: 'pg-item' }, ...parts);
}

export function topicColor(topic: number): string {
  return `var(--lv-run-${(topic % 8) + 1})`;
}

/** One to five stars. */
export function starsText(stars: number): string {
  return '★'.repeat(stars) + '☆'.repeat(5 - stars);
}
