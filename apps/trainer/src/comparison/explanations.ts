import type { PolicyRole, TableRow } from '../run/table.js';

/** A line on each kind of row whose name does not say what it is. */
export function explanationsOf(rows: readonly TableRow[]): string[] {
  const named = (role: PolicyRole) => rows.filter((row) => row.role === role).map(({ policy }) => policy);
  const [[trained], blocks, [mix], [oracle]] = [
    named('trained'),
    named('block'),
    named('mix'),
    named('oracle'),
  ];
  const hasMean = rows.some(({ policy }) => policy === 'item mean');
  return [
    ...(hasMean ? ["item mean: by what an item's ratings are on average"] : []),
    ...(blocks.length > 0 ? [`${blocks.join('; ')}: what ${trained} is built on, each by itself`] : []),
    ...(mix === undefined ? [] : [`${mix}: one mix of these for everybody, at which ${trained} starts`]),
    ...(oracle === undefined ? [] : [`${oracle}: knows what it is judged by, the limit that nothing passes`]),
  ].map((line) => `  ${line}`);
}
