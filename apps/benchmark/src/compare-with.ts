import { readFileSync } from 'node:fs';
import { compareReports } from './harness/compare-reports.js';
import { drawTable, machineLines } from './harness/print.js';
import type { Report } from './harness/report.js';
import { runSuite } from './harness/run-suite.js';
import { suites } from './suites/index.js';
import type { SuiteContext } from './suites/suite.js';

/**
 * Measures the suite of an older report anew, and prints what has changed.
 *
 * @param file - what `bench <suite> --json` printed, here and before.
 * @returns the names of what became slower than noise.
 * @throws SyntaxError or RangeError where the file is no such report.
 */
export async function compareWith(
  file: string,
  contextOf: (quick: boolean) => SuiteContext,
): Promise<string[]> {
  const older = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const suite = suites.find(({ name }) => name === older.suite);
  if (!suite || !Array.isArray(older.cases)) {
    const names = suites.map(({ name }) => name).join(', ');
    throw new RangeError(
      `${file}: expected what bench prints with --json for one of ${names}, got something else`,
    );
  }
  const newer = await runSuite(suite, contextOf(older.quick));
  const changes = compareReports(older, newer);
  const rows = changes.map(({ name, ratio, ratioOfMinima, verdict }) => {
    return [name, ratio.toFixed(2), ratioOfMinima.toFixed(2), verdict];
  });
  console.log(`${older.suite}, ${older.machine.date} and now; above 1: slower now`);
  if (
    machineLines(older.machine).join() !== machineLines({ ...newer.machine, date: older.machine.date }).join()
  ) {
    console.log(
      `The older report is of another machine or other versions:\n${machineLines(older.machine).join('\n')}`,
    );
  }
  console.log(drawTable(['case', 'median', 'min', 'verdict'], rows));
  return changes.filter(({ verdict }) => verdict === 'slower').map(({ name }) => name);
}
