import Table from 'cli-table3';

type Cell = string | number;
interface Cells {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What every terminal has. */
const WIDTH = 80;
/** What a first column of names needs at least. */
const LEAST = 14;

/**
 * A table for the terminal, 80 characters wide at most where names allow it: the first column to the left, figures to the right.
 * Where it would be wider, headings go on below, then intervals, then names.
 */
export function textTable(head: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
  const isNumber = head.map((_, column) => typeof rows[0]?.[column] === 'number');
  let cells: Cells = { head, rows: rows.map((row) => row.map(textOf)) };
  for (const narrow of [headingsBelow, intervalsBelow, namesBelow])
    if (widthOf(cells) > WIDTH) cells = narrow(cells);
  const table = new Table({
    head: cells.head.map((content) => ({ content, vAlign: 'bottom' })) as unknown as string[],
    colAligns: isNumber.map((each) => (each ? 'right' : 'left')),
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }, // no lines between rows
  });
  table.push(...cells.rows.map((row) => [...row]));
  return table.toString();
}

function textOf(cell: Cell): string {
  return typeof cell === 'number' ? cell.toFixed(4) : cell;
}

/** With a line between columns, and a space on both sides of each. */
function widthOf(cells: Cells): number {
  return widthsOf(cells).reduce((sum, width) => sum + width + 3, 1);
}

function widthsOf({ head, rows }: Cells): number[] {
  return head.map((text, column) =>
    Math.max(
      ...[text, ...rows.map((row) => row[column] ?? '')].flatMap((cell) => cell.split('\n')).map(length),
    ),
  );
}

/** As many places as it takes in a terminal; letters alone, since names of many widths are nobody's here. */
function length(text: string): number {
  return [...text].length;
}

/** `hit rate@10` in as many lines as it has parts, where what is below is narrower. */
function headingsBelow({ head, rows }: Cells): Cells {
  const widths = widthsOf({ head: head.map(() => ''), rows });
  return {
    head: head.map((text, column) =>
      wrapped(text.replace('@', ' @'), column === 0 ? Math.max(24, widths[0]!) : widths[column]!),
    ),
    rows,
  };
}

/** `+1.86 (+1.61 to +2.14)` in two lines. */
function intervalsBelow({ head, rows }: Cells): Cells {
  return {
    head,
    rows: rows.map((row) => row.map((cell, column) => (column === 0 ? cell : cell.replace(' (', '\n(')))),
  };
}

/** The first column in what the others leave of the width. */
function namesBelow(cells: Cells): Cells {
  const [, ...others] = widthsOf(cells);
  const room = Math.max(LEAST, WIDTH - 4 - others.reduce((sum, width) => sum + width + 3, 0));
  const first = (text: string) => wrapped(text.replaceAll('\n', ' '), room);
  return {
    head: cells.head.map((text, column) => (column === 0 ? first(text) : text)),
    rows: cells.rows.map((row) => row.map((cell, column) => (column === 0 ? first(cell) : cell))),
  };
}

/** Words in lines of so many characters; a longer word has a line of its own. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && length(last) + 1 + length(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n').replaceAll(' @', '@');
}
