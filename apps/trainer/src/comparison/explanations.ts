import type { PolicyRole, TableRow } from '../run/table.js';

/** A line on each kind of row whose name does not say what it is. */
export function explanationsOf(rows: readonly TableRow[]): string[] {
  const named = (role: PolicyRole) => rows.filter((row) => row.role === role).map(({ policy }) => policy);
  const [[trained], blocks, strong] = [named('trained'), named('block'), named('strong')];
  const [[mix], [oracle]] = [named('mix'), named('oracle')];
  const hasMean = rows.some(({ policy }) => policy === 'item mean');
  return [
    ...(hasMean ? ["item mean: by what an item's ratings are on average"] : []),
    ...(blocks.length > 0 ? [`${blocks.join('; ')}: what ${trained} is built on, each by itself`] : []),
    ...(strong.length > 0 ? [`${strong.join('; ')}: strong models that ${trained} is not built on`] : []),
    ...(mix === undefined ? [] : [`${mix}: one mix of these for everybody, at which ${trained} starts`]),
    ...(oracle === undefined ? [] : [`${oracle}: knows what it is judged by, the limit that nothing passes`]),
  ].map((line) => `  ${line}`);
}
