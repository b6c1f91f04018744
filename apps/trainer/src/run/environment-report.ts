import { basename } from 'node:path';
import type { EnvironmentRunOptions } from '../variants/variant.js';
import { renderEnvironmentReport } from '../report/environment-report.js';
import { RETURNS_FILE, type Returns } from './returns.js';
import { howItWent, REPORT_FILE } from './run-report.js';
import { replaceSealed } from './sealed-folder.js';

/** Writes what a finished run on an environment earns into its folder, and its report. */
export async function rewriteReturns(
  folder: string,
  options: EnvironmentRunOptions,
  returns: Returns,
): Promise<void> {
  const report = renderEnvironmentReport({
    ...{ name: basename(folder), environment: basename(options.env), returns },
    options: options as EnvironmentRunOptions & Record<string, unknown>,
    ...(await howItWent(folder)),
  });
  await replaceSealed(folder, RETURNS_FILE, JSON.stringify(returns, null, 2) + '\n');
  await replaceSealed(folder, REPORT_FILE, report);
}
