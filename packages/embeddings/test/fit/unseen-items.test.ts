import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import fc from 'fast-check';
import { UnseenItems } from '../../src/fit/unseen-items.js';
import { logOf } from './planted-log.js';

test('draws every item that the user has not met and somebody has, equally often, and no other', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(11)), {
        minLength: 1,
        maxLength: 40,
        selector: ([user, item]) => 12 * user + item,
      }),
      (pairs) => {
        const log = logOf(
          pairs.map(([user, item]) => ({ user, item, rating: 1 })),
          { userCount: 5, itemCount: 12 },
        );
        const unseen = new UnseenItems(log);
        const known = new Set(pairs.map(([, item]) => item));
        for (let user = 0; user < 5; user++) {
          const own = new Set(pairs.filter(([other]) => other === user).map(([, item]) => item));
          const expected = [...known].filter((item) => !own.has(item)).sort((a, b) => a - b);
          expect(unseen.countOf(user)).toBe(expected.length);
          if (expected.length === 0) continue;
          const random = Random.fromSeed(user);
          const counts = new Map<number, number>();
          for (let draw = 0; draw < 100 * expected.length; draw++) {
            const item = unseen.draw(user, random);
            counts.set(item, (counts.get(item) ?? 0) + 1);
          }
          expect([...counts.keys()].sort((a, b) => a - b)).toEqual(expected);
          // Six standard deviations of a count that is 100 on average.
          for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(60);
        }
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});
