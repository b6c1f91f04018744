import { columnsOf, type Column, type Ranked } from '../run/columns.js';
import { differenceTable } from '../run/difference-table.js';
import type { Difference, Table, TableRow } from '../run/table.js';
import { nothingCompared } from '../run/nothing-compared.js';
import { whoCounts } from '../run/who-counts.js';
import { textTable } from '../terminal/text-table.js';
import type { Comparison } from './compare.js';
import { explanationsOf } from './explanations.js';

/** The comparison as text for a terminal: the whole catalogue with sessions, advice, then re-ranking. */
export function formatComparison({ table, warning }: Comparison): string {
  const { rows, differences, advice } = table;
  const played = rows.some(({ session }) => session);
  const sessions = played ? sessionColumns : [];
  const isOf = (...parts: Difference['of'][]) =>
    differences.filter((difference) => parts.includes(difference.of));
  return [
    `Recommending from the whole catalogue, as \`recommend\` does: ${whoCounts(table, 'fullRanking')}`,
    ...partOf(table, 'fullRanking', sessions),
    ...explanationsOf(rows),
    ...differenceText(table, isOf('fullRanking', 'session')),
    ...advice,
    '',
    `Ordering what users rated later: ${whoCounts(table, 'reranking')}`,
    ...partOf(table, 'reranking'),
    ...differenceText(table, isOf('reranking')),
    ...(warning === undefined ? [] : [warning]),
  ].join('\n');
}

/** A part of the table without what it does not compare, which is said. */
function partOf(table: Table, part: Ranked, more: readonly TextColumn[] = []): string[] {
  const columns = [...columnsOf(table, part).compared.map(scoreColumn), ...more];
  const left = nothingCompared(table, part);
  return [
    ...(columns.length > 0 ? [tableOf(table.rows, columns)] : []),
    ...(left === undefined ? [] : [left]),
  ];
}

interface TextColumn {
  readonly heading: string;
  readonly cellOf: (row: TableRow) => string | number;
}

const scoreColumn = ({ heading, valueOf }: Column): TextColumn => ({
  heading,
  cellOf: (row) => valueOf(row) ?? '–',
});

const sessionColumns: readonly TextColumn[] = [
  { heading: 'session reward', cellOf: ({ session }) => session?.reward.toFixed(2) ?? '–' },
  { heading: 'items', cellOf: ({ session }) => session?.length.toFixed(1) ?? '–' },
];

function tableOf(rows: readonly TableRow[], columns: readonly TextColumn[]): string {
  return textTable(
    ['policy', ...columns.map(({ heading }) => heading)],
    rows.map((row) => [row.policy, ...columns.map(({ cellOf }) => cellOf(row))]),
  );
}

function differenceText(table: Table, differences: readonly Difference[]): string[] {
  if (differences.length === 0) return [];
  const { head, rows } = differenceTable(table, differences);
  return [textTable(head, rows)];
}
