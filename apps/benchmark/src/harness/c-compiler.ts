import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './child.js';

export const FLAGS = ['-O3', '-march=native', '-ffast-math', '-std=c11'];

/**
 * Compiles one of `peers/*.c` for this processor, where there is gcc.
 *
 * @param options - `folder`, where the program is put; `definitions`, what the preprocessor gets, which also
 * make the program's name; `args`, what the program gets.
 * @throws Error where it does not compile; with what gcc said.
 */
export function cPeer({
  source,
  folder,
  definitions,
  args,
}: {
  source: string;
  folder: string;
  definitions: Readonly<Record<string, number>>;
  args: readonly string[];
}): Command | { unavailable: string } {
  const path = fileURLToPath(new URL(`../../peers/${source}`, import.meta.url));
  const defined = Object.entries(definitions).map(([name, value]) => `${name}=${value}`);
  const file = join(folder, [basename(source, '.c'), ...defined].join('-'));
  const { error, status, stderr } = spawnSync(
    'gcc',
    [...FLAGS, ...defined.map((each) => `-D${each}`), path, '-o', file, '-lm'],
    { encoding: 'utf8' },
  );
  if (error) return { unavailable: 'no gcc; on Debian: apt-get install gcc libc6-dev' };
  if (status !== 0) throw new Error(`gcc ${source}: ${stderr}`);
  return { file, args };
}
