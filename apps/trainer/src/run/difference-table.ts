import type { Interval } from '@rl-recsys/evaluation';
import type { Difference, Table } from './table.js';

/** Differences as the cells of a table: a row for each policy that was to be beaten, a column for each measure. */
export function differenceTable(
  table: Table,
  differences: readonly Difference[],
): { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const measures = [...new Set(differences.map((difference) => headingOf(table, difference)))];
  const rivals = [...new Set(differences.map(rivalOf))];
  const trained = table.rows.find(({ role }) => role === 'trained')!.policy;
  return {
    head: [`${trained} less … (95 % over users)`, ...measures],
    rows: rivals.map((rival) => [
      rival,
      ...measures.map((measure) => {
        const found = differences.find(
          (difference) => rivalOf(difference) === rival && headingOf(table, difference) === measure,
        );
        return found ? intervalText(found) : '–';
      }),
    ]),
  };
}

/** What a measure is called, such as NDCG@10. */
function headingOf(table: Table, { of, measure }: Difference): string {
  if (of === 'session') return 'session reward';
  return `${measure === 'ndcg' ? 'NDCG' : 'P'}@${table[of].cutoff}`;
}

function rivalOf({ policy, role }: Difference): string {
  if (role === 'block') return `${policy}, the best single block`;
  return role === 'strong' ? `${policy}, the best single model` : policy;
}

/** Whether a difference is exactly 0 for every user. */
export function isNone({ mean, low, high }: Interval): boolean {
  return mean === 0 && low === 0 && high === 0;
}

/** A mean with its interval, such as +0.0123 (+0.0100 to +0.0150). */
function intervalText({ of, difference }: Difference): string {
  if (isNone(difference)) return '0 for everybody';
  const { mean, low, high } = difference;
  const signed = (value: number) =>
    (value < 0 ? '−' : '+') + Math.abs(value).toFixed(of === 'session' ? 2 : 4);
  return `${signed(mean)} (${signed(low)} to ${signed(high)})`;
}
