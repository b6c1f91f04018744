import { nextCommand } from '../terminal/next-command.js';
import { say } from '../terminal/output.js';

/** Says how a run that a signal stopped goes on, and that the process ended by one. `command` is the one that goes on with it. */
export function tellStopped(command: string, folder: string, steps: number, code: number): void {
  say(`Stopped after ${steps} steps, and saved. To go on:`);
  say(`  ${nextCommand(command, ['--resume', folder])}`);
  process.exitCode = code;
}
