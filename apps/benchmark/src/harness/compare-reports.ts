import type { Case, Report, Side } from './report.js';

/** A case that two reports have. */
export interface Change {
  readonly name: string;
  /** Of the medians, newer / older: above 1 it has become slower. */
  readonly ratio: number;
  readonly ratioOfMinima: number;
  readonly verdict: 'slower' | 'faster' | 'within noise';
}

/** How far minima must differ: less is how code happens to lie in memory. Our choice. */
const LEAST = 0.05;

/**
 * What became of each case of ours since an older report of the same suite on the same machine.
 *
 * One is slower where its minimum grew by more than a twentieth and its median lies above nineteen of twenty of the older times, and
 * faster where the same holds the other way around: the first says that the code is another, the second that people notice.
 *
 * @throws RangeError where the reports are of different suites, or have no case in common.
 */
export function compareReports(older: Report, newer: Report): Change[] {
  if (older.suite !== newer.suite) {
    throw new RangeError(`older: expected a report of ${newer.suite}, got one of ${older.suite}`);
  }
  const before = new Map(older.cases.map((each) => [each.name, each.ours]));
  const changes = distinct(newer.cases).flatMap(({ name, ours }) => {
    const past = before.get(name);
    return past ? [changeOf(name, past, ours)] : [];
  });
  if (changes.length > 0) return changes;
  throw new RangeError(`older: expected a case that is measured today too, got none of ${newer.suite}'s`);
}

/** Ours stand in a report once for each peer. */
function distinct(cases: readonly Case[]): readonly Case[] {
  return [...new Map(cases.map((each) => [each.name, each])).values()];
}

function changeOf(name: string, older: Side, newer: Side): Change {
  const isSlower = (than: Side, one: Side) => one.min > (1 + LEAST) * than.min && one.median > than.p95;
  const verdict = isSlower(older, newer) ? 'slower' : isSlower(newer, older) ? 'faster' : 'within noise';
  return { name, ratio: newer.median / older.median, ratioOfMinima: newer.min / older.min, verdict };
}
