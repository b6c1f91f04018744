import fc from 'fast-check';

/** What is done to some bytes: one place each. */
const change = fc.oneof(
  fc.record({ kind: fc.constant('set'), at: fc.nat(), value: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constant('flip'), at: fc.nat(), value: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constant('cut'), at: fc.nat(), value: fc.nat({ max: 40 }) }),
  fc.record({ kind: fc.constant('insert'), at: fc.nat(), value: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constant('double'), at: fc.nat(), value: fc.nat({ max: 40 }) }),
  fc.record({ kind: fc.constant('end'), at: fc.nat(), value: fc.constant(0) }),
);

/** One to four changes of bytes, most often one. */
export const changes = fc.oneof(
  { weight: 3, arbitrary: fc.array(change, { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.array(change, { minLength: 2, maxLength: 4 }) },
);

/** A copy of bytes with these changes. */
export function changed(bytes, list) {
  let all = [...bytes];
  for (const { kind, at: place, value } of list) {
    const at = all.length === 0 ? 0 : place % all.length;
    if (kind === 'set') all[at] = value;
    else if (kind === 'flip') all[at] ^= 1 << value;
    else if (kind === 'cut') all.splice(at, value);
    else if (kind === 'insert') all.splice(at, 0, value);
    else if (kind === 'double') all.splice(at, 0, ...all.slice(at, at + value));
    else all = all.slice(0, at);
  }
  return Uint8Array.from(all);
}

/** Numbers that options should not be, and some that they may. */
export const anyNumber = fc.oneof(
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 1, -1, 0.5, 1.5, 2 ** 31, 2 ** 53, 1e30, 1e-30, 1e308),
  fc.double(),
  fc.integer({ min: -3, max: 40 }),
);

/** Whatever may stand in the place of a number. */
export const anything = fc.oneof(
  { weight: 4, arbitrary: anyNumber },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.constantFrom(undefined, null, true, '', '3', 'abc', [], {}, [1, 2], 5n),
      fc.func(anyNumber),
    ),
  },
);
