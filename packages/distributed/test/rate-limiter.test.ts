import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RateLimiter } from '../src/index.js';

// The situations of Reverb's own tests, by their numbers: samples per insert, least size, least and largest difference.
describe('known answers', () => {
  test.each([
    // No sample before there are two inserts.
    ['sample', { inserts: 0, samples: 0 }, 1, [1, 2, -1, 1], false],
    ['sample', { inserts: 1, samples: 0 }, 1, [1, 2, -1, 1], false],
    ['sample', { inserts: 2, samples: 0 }, 1, [1, 2, -1, 1], true],
    // One insert allows two samples where one may be ahead.
    ['sample', { inserts: 0, samples: 0 }, 1, [1, 1, -1, 1], false],
    ['sample', { inserts: 1, samples: 0 }, 1, [1, 1, -1, 1], true],
    ['sample', { inserts: 1, samples: 0 }, 2, [1, 1, -1, 1], true],
    ['sample', { inserts: 1, samples: 0 }, 3, [1, 1, -1, 1], false],
    // Two inserts are free, a third is within the difference, a fourth beyond it.
    ['insert', { inserts: 0, samples: 0 }, 1, [1.5, 2, 0, 5], true],
    ['insert', { inserts: 0, samples: 0 }, 2, [1.5, 2, 0, 5], true],
    ['insert', { inserts: 0, samples: 0 }, 3, [1.5, 2, 0, 5], true],
    ['insert', { inserts: 0, samples: 0 }, 4, [1.5, 2, 0, 5], false],
    ['insert', { inserts: 3, samples: 0 }, 1, [1.5, 2, 0, 5], false],
    ['insert', { inserts: 3, samples: 2 }, 1, [1.5, 2, 0, 5], true],
    ['insert', { inserts: 3, samples: 2 }, 2, [1.5, 2, 0, 5], false],
    // Within the buffer nothing waits: six samples for two inserts of 1.5, down to −3.
    ['insert', { inserts: 1, samples: 0 }, 1, [1.5, 1, -3, 3.1], true],
    ['sample', { inserts: 2, samples: 5 }, 1, [1.5, 1, -3, 3.1], true],
    ['sample', { inserts: 2, samples: 6 }, 1, [1.5, 1, -3, 3.1], false],
    // A third insert would come to 3.5 of 3; after another sample it does not.
    ['insert', { inserts: 2, samples: 1 }, 1, [1.5, 2, -1, 3], false],
    ['insert', { inserts: 2, samples: 2 }, 1, [1.5, 2, -1, 3], true],
  ] as const)('%s at %o, %i more, by %o: %s', (side, counts, more, limits, expected) => {
    const [samplesPerInsert, minSizeToSample, minDiff, maxDiff] = limits;
    const limiter = new RateLimiter({ samplesPerInsert, minSizeToSample, minDiff, maxDiff });
    const can = side === 'sample' ? limiter.canSample(counts, more) : limiter.canInsert(counts, more);
    expect(can).toBe(expected);
  });
});

test('one side at least can always go on, whatever was inserted and sampled on the way', () => {
  const limits = fc.record({
    samplesPerInsert: fc.double({ min: 0.1, max: 8, noNaN: true }),
    minSizeToSample: fc.integer({ min: 1, max: 20 }),
    minDiff: fc.integer({ min: -10, max: 10 }),
    room: fc.integer({ min: 0, max: 20 }),
  });
  fc.assert(
    fc.property(limits, fc.array(fc.boolean(), { maxLength: 200 }), ({ room, ...given }, wishes) => {
      const limiter = new RateLimiter({
        ...given,
        maxDiff: given.minDiff + given.samplesPerInsert + 1 + room,
      });
      let [inserts, samples] = [0, 0];
      for (const wish of wishes) {
        const [insert, sample] = [
          limiter.canInsert({ inserts, samples }),
          limiter.canSample({ inserts, samples }),
        ];
        expect(insert || sample).toBe(true);
        if (insert && (wish || !sample)) inserts += 1;
        else samples += 1;
      }
    }),
  );
});

test('limits by which both sides could wait for each other are refused', () => {
  const limits = { samplesPerInsert: 4, minSizeToSample: 1, minDiff: 0, maxDiff: 3 };
  expect(() => new RateLimiter(limits)).toThrow(/^maxDiff: expected 5 or more, .* got 3/);
  expect(() => new RateLimiter({ ...limits, minSizeToSample: 0 })).toThrow(
    /^minSizeToSample: expected a positive integer, got 0/,
  );
});
