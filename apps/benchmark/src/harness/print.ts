import Table from 'cli-table3';
import { caseTable } from './cells.js';
import type { Machine } from './machine.js';
import type { Report } from './report.js';

/** A report for people, as aligned tables. */
export function formatReport(report: Report): string {
  const { head, rows } = caseTable(report);
  const tables = report.tables.map((table) => `${table.title}\n${drawTable(table.head, table.rows)}`);
  return [
    `${report.suite}: ${report.about}`,
    machineLines(report.machine).join('\n'),
    `Times in ${report.unit}; a ratio below 1: ours is faster.`,
    drawTable(head, rows),
    ...tables,
    ...report.notes.map((note) => `- ${note}`),
  ].join('\n');
}

/** The machine and the versions, a line each for hardware, JavaScript and Python. */
export function machineLines(machine: Machine): string[] {
  const { cpu, cores, memoryGiB, platform, node, v8, tfjs, python, numpy, torch, blas, openblas } = machine;
  const settings = Object.entries(openblas).map(([name, value]) => `${name}=${value}`);
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}; one thread each unless named otherwise; ${machine.date}`,
    `Node.js ${node} (V8 ${v8}), TensorFlow.js ${tfjs}`,
    python === null
      ? 'no Python with NumPy'
      : `Python ${python}, NumPy ${numpy ?? 'none'}, PyTorch ${torch ?? 'none'}, BLAS: ${blas ?? 'unknown'}`,
    `OpenBLAS by the environment: ${settings.length === 0 ? 'nothing is set' : settings.join(', ')}`,
  ];
}

export function drawTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }, // no lines between rows
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
