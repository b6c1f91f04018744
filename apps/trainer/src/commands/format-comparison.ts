import { textTable } from '../terminal/text-table.js';
import type { Comparison } from './compare.js';

/** The comparison as text for a terminal. */
export function formatComparison({ rows, reference, differences, warning }: Comparison): string {
  const cutoffs = Object.keys(rows[0]!.precision).map(Number);
  const played = rows.some(({ session }) => session);
  const head = [
    'policy',
    ...cutoffs.map((k) => `P@${k}`),
    ...cutoffs.map((k) => `NDCG@${k}`),
    ...(played ? ['session reward', 'items'] : []),
  ];
  const table = textTable(
    head,
    rows.map(({ policy, precision, ndcg, session }) => [
      policy,
      ...cutoffs.map((k) => precision[k] ?? '–'),
      ...cutoffs.map((k) => ndcg[k] ?? '–'),
      ...(played ? [session?.reward.toFixed(2) ?? '–', session?.length.toFixed(1) ?? '–'] : []),
    ]),
  );
  const signed = (value: number) => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(4);
  const lines = differences
    .filter(({ difference }) => Number.isFinite(difference.mean))
    .map(
      ({ policy, measure, difference: { mean, low, high } }) =>
        `${policy} less ${reference}, ${measure}: ${signed(mean)} (95 % of users' samples: ${signed(low)} to ${signed(high)})`,
    );
  return [table, ...lines, ...(warning === undefined ? [] : [warning])].join('\n');
}
