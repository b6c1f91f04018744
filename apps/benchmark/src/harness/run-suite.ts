import type { Suite, SuiteContext } from '../suites/suite.js';
import { describeMachine } from './machine.js';
import type { Report } from './report.js';

/** Runs a suite and says where. */
export async function runSuite(suite: Suite, context: SuiteContext): Promise<Report> {
  const { name, about, unit, showsP99 = false } = suite;
  const findings = await suite.run({
    ...context,
    onProgress: (line) => context.onProgress(`${name}: ${line}`),
  });
  const machine = describeMachine(context.python);
  return { suite: name, machine, about, unit, showsP99, quick: context.quick, ...findings };
}
