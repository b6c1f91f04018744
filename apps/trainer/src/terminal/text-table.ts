import Table from 'cli-table3';

/** A table for the terminal: the first column to the left, figures to the right. */
export function textTable(
  head: readonly string[],
  rows: ReadonlyArray<readonly (string | number)[]>,
): string {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (typeof rows[0]?.[column] === 'number' ? 'right' : 'left')),
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }, // no lines between rows
  });
  table.push(...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(4) : cell))));
  return table.toString();
}
