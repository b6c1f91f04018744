import { caseTable } from './cells.js';
import { machineLines } from './print.js';
import type { Report } from './report.js';

/**
 * The whole of BENCHMARKS.md.
 *
 * @throws RangeError where there is no report.
 */
export function formatMarkdown(reports: readonly Report[]): string {
  const [first] = reports;
  if (!first) throw new RangeError('reports: expected at least one, got none');
  const quick = first.quick
    ? ['**These are figures of a quick run (`--quick`): too few rounds to conclude from.**']
    : [];
  const blocks = [
    '# Benchmarks',
    'Written by `npm run bench`; not edited by hand. Run it again to get the figures of your machine.',
    ...quick,
    machineLines(first.machine)
      .map((line) => `- ${line}`)
      .join('\n'),
    HOW,
    ...reports.flatMap(reportBlocks),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** BENCHMARKS.md with the section of one suite anew: in its place, or at the end where there is none. */
export function withSection(page: string, report: Report): string {
  const parts = page.split(/^(?=## )/m);
  const section = `${reportBlocks(report).join('\n\n')}\n`;
  const place = parts.findIndex((part) => part.startsWith(`## ${report.suite}\n`));
  if (place < 0) parts.push(`\n${section}`);
  else parts[place] = place === parts.length - 1 ? section : `${section}\n`;
  return parts.join('');
}

const HOW = `## How to read and repeat them

\`\`\`sh
apt-get install python3-torch libopenblas0-pthread python3-numpy gcc libc6-dev # the peers; without them their columns are empty
npm run bench -- update          # one suite: update, update-default, nodes, replay, act, data, embeddings, nearest or train
npm run bench -- update --json   # the same for machines
npm run bench -- update --write  # the same, and its section of this file
npm run bench -- all             # all of them, and this file
\`\`\`

Contenders are processes of their own with one thread each, unless two are named. They take turns, one busy at a
time, in rounds that each begin with another one, so that whatever else the machine does meets all alike. A ratio
is ours divided by the peer's: below 1, ours is faster. Medians say what to expect on this machine as busy as it was,
minima what the code can do undisturbed; where the two ratios differ much, the machine was not quiet.
PyTorch and NumPy are Debian's, with OpenBLAS, which picks its code by the processor unless the environment
says otherwise; the lines above tell what it picked.`;

function reportBlocks(report: Report): string[] {
  const { head, rows } = caseTable(report);
  return [
    `## ${report.suite}`,
    report.about,
    `Times in ${report.unit}, of this machine:`,
    machineLines(report.machine)
      .map((line) => `- ${line}`)
      .join('\n'),
    markdownTable(head, rows),
    ...report.tables.flatMap((table) => [`### ${table.title}`, markdownTable(table.head, table.rows)]),
    report.notes.map((note) => `- ${note}`).join('\n'),
  ];
}

/** Aligned as Prettier aligns it, so that the generated file passes the check. */
export function markdownTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const widths = head.map((cell, column) =>
    Math.max(3, ...[cell, ...rows.map((row) => row[column]!)].map((text) => [...text].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell + ' '.repeat(widths[column]! - [...cell].length)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  );
}
