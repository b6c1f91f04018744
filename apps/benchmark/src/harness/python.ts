import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from './child.js';

/** Debian's own comes first: its PyTorch works only with it. */
const CANDIDATES = ['/usr/bin/python3', 'python3'];
const INSTALL = 'apt-get install python3-torch libopenblas0-pthread python3-numpy';

/** What `peers/versions.py` prints. */
export interface PythonVersions {
  readonly python: string;
  /** null where it can't be imported. */
  readonly numpy: string | null;
  readonly torch: string | null;
  /** The BLAS library that was loaded, with its version and the processor that it takes this one for. */
  readonly blas: string | null;
}

export interface Python extends PythonVersions {
  readonly file: string;
}

/** The first Python that has PyTorch, else the first that has NumPy, else none. */
export function findPython(candidates: readonly string[] = CANDIDATES): Python | undefined {
  const found = candidates.flatMap((file) => {
    const { status, stdout } = spawnSync(file, [peer('versions.py')], { encoding: 'utf8' });
    return status === 0 ? [{ file, ...(JSON.parse(stdout) as PythonVersions) }] : [];
  });
  return found.find(({ torch }) => torch !== null) ?? found.find(({ numpy }) => numpy !== null);
}

interface PythonScript {
  readonly needs: 'numpy' | 'torch';
  readonly script: string;
  /** What it gets as JSON, with `threads`. */
  readonly options: object;
  /** How many threads it may use (default 1). */
  readonly threads?: number;
}

/** Runs one of `peers/*.py`, where there is a Python that has what it needs. */
export function pythonPeer(
  python: Python | undefined,
  { needs, script, options, threads = 1 }: PythonScript,
): Command | { unavailable: string } {
  if (!python?.[needs]) return { unavailable: `not installed; on Debian: ${INSTALL}` };
  return { file: python.file, args: [peer(script), JSON.stringify({ ...options, threads })], threads };
}

function peer(script: string): string {
  return fileURLToPath(new URL(`../../peers/${script}`, import.meta.url));
}
