import { fullRankingColumns, rerankingColumns, type Column } from '../run/columns.js';
import { differenceTable } from '../run/difference-table.js';
import type { Difference, Table, TableRow } from '../run/table.js';
import { whoCounts } from '../run/who-counts.js';
import { textTable } from '../terminal/text-table.js';
import type { Comparison } from './compare.js';

/** The comparison as text for a terminal: the whole catalogue with sessions, advice, then re-ranking. */
export function formatComparison({ table, warning }: Comparison): string {
  const { rows, differences, advice } = table;
  const played = rows.some(({ session }) => session);
  const sessions = played ? sessionColumns : [];
  const isOf = (...parts: Difference['of'][]) =>
    differences.filter((difference) => parts.includes(difference.of));
  return [
    `Recommending from the whole catalogue, as \`recommend\` does: ${whoCounts(table, 'fullRanking')}`,
    tableOf(rows, [...fullRankingColumns(table).map(scoreColumn), ...sessions]),
    ...differenceText(table, isOf('fullRanking', 'session')),
    ...advice,
    '',
    `Ordering what users rated later: ${whoCounts(table, 'reranking')}`,
    tableOf(rows, rerankingColumns(table).map(scoreColumn)),
    ...differenceText(table, isOf('reranking')),
    ...(warning === undefined ? [] : [warning]),
  ].join('\n');
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
