import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../cli.js', import.meta.url));

/** A command of this program as a process of its own, as a user would start it. */
export interface OwnCommand {
  readonly process: ChildProcess;
  /** The exit code, once it is over. */
  readonly over: Promise<number | null>;
}

export function startCommand(args: readonly string[], onLine: (line: string) => void): OwnCommand {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', onLine);
  const over = once(child, 'exit').then(([code]) => code as number | null);
  return { process: child, over };
}
