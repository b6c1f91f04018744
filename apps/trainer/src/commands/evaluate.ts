import { useWasmBackend } from '../backend.js';
import { isLogRun } from '../scenarios/index.js';
import { loadOptions } from '../run/load-options.js';
import type { EnvironmentRunOptions } from '../variants/variant.js';

/** Evaluates a saved run again: on a log, the figures that training printed, to the last digit. */
export async function evaluate(folder: string): Promise<void> {
  const options = await loadOptions(folder);
  await useWasmBackend();
  if (isLogRun(options)) {
    const { evaluateOnLog } = await import('./evaluate-on-log.js');
    await evaluateOnLog(folder, options);
  } else {
    const { evaluateOnEnvironment } = await import('./evaluate-on-environment.js');
    await evaluateOnEnvironment(folder, options as EnvironmentRunOptions);
  }
}
