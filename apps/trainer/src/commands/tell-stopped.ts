import type { Training } from '../run/training.js';
import { nextCommand } from '../terminal/next-command.js';
import { say } from '../terminal/output.js';

/** Says how a run that a signal stopped goes on, and that the process ended by one. */
export function tellStopped(
  [command, ...options]: Training['goesOnBy'],
  folder: string,
  steps: number,
  code: number,
): void {
  say(`Stopped after ${steps} steps, and saved. To go on:`);
  say(`  ${nextCommand(command, [...options, '--resume', folder])}`);
  process.exitCode = code;
}
