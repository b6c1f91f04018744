import { describe, expect, test } from '@jest/globals';
import { ratingOf } from '../src/index.js';
import { FreshLikes } from '../src/service/fresh-likes.js';
import { Recent } from '../src/service/recent.js';

describe('what is recent', () => {
  test('is known for its time, and forgotten after twice that', () => {
    const recent = new Recent<number>(10);
    for (let now = 0; now <= 100; now++) {
      recent.set(`at-${now}`, now, now);
      for (let before = Math.max(0, now - 10); before <= now; before++)
        expect(recent.get(`at-${before}`)).toBe(before);
      expect(recent.get(`at-${now - 23}`)).toBeUndefined();
      expect(recent.size).toBeLessThanOrEqual(23);
    }
    recent.set('late', 1, 1000);
    expect(recent.size).toBe(1);
  });

  test('is changed and deleted where it is, and stays as long as it would have', () => {
    const recent = new Recent<number>(10);
    recent.set('a', 1, 0);
    recent.set('b', 2, 11); // a is in the older half now
    recent.replace('a', 3);
    recent.replace('never', 4);
    expect([recent.get('a'), recent.get('b'), recent.get('never')]).toEqual([3, 2, undefined]);
    recent.set('c', 5, 22);
    expect(recent.get('a')).toBeUndefined();
    recent.delete('b');
    recent.delete('c');
    expect(recent.size).toBe(0);
  });
});

describe('fresh likes', () => {
  const scale = { min: 1, max: 5 };
  const all = () => true;

  test('are the latest reward of each item, oldest first, on the scale of the model', () => {
    const fresh = new FreshLikes();
    for (const [place, item] of ['a', 'b', 'a', 'c'].entries())
      fresh.add('ann', item, { reward: place / 2 - 1, at: place });
    const ratings = fresh.since('ann', all, scale);
    expect(ratings).toEqual([
      { item: 'b', rating: 2 },
      { item: 'a', rating: 3 },
      { item: 'c', rating: 4 },
    ]);
    expect(fresh.since('ann', (item) => item !== 'a', scale)).toHaveLength(2);
    expect(fresh.since('bob', all, scale)).toEqual([]);
    expect([ratingOf(-1, scale), ratingOf(1, scale)]).toEqual([1, 5]);
  });

  test('are at most 200 of a user, and go when they are told to, or too old', () => {
    const fresh = new FreshLikes();
    for (let item = 0; item < 250; item++) fresh.add('ann', `item-${item}`, { reward: 1, at: item });
    const kept = fresh.since('ann', all, scale);
    expect([kept.length, kept[0]!.item]).toEqual([200, 'item-50']);
    fresh.add('bob', 'a', { reward: 1, at: 100 });
    fresh.retain(200);
    expect([fresh.since('ann', all, scale).length, fresh.size]).toEqual([50, 1]);
    fresh.forget('ann');
    expect(fresh.size).toBe(0);
  });
});
