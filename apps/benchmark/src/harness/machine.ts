import { availableParallelism, cpus, totalmem } from 'node:os';
import { version_core } from '@tensorflow/tfjs-core';
import type { Python } from './python.js';

/** Where and with what was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  readonly v8: string;
  readonly tfjs: string;
  readonly python: string | null;
  readonly numpy: string | null;
  readonly torch: string | null;
  readonly blas: string | null;
  /** Variables of the environment that choose OpenBLAS's code, as they were set. */
  readonly openblas: Readonly<Record<string, string>>;
  readonly threads: 1;
  readonly date: string;
}

export function describeMachine(python: Python | undefined): Machine {
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('OPENBLAS_'));
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    v8: process.versions.v8,
    tfjs: version_core,
    python: python?.python ?? null,
    numpy: python?.numpy ?? null,
    torch: python?.torch ?? null,
    blas: python?.blas ?? null,
    openblas: Object.fromEntries(settings) as Record<string, string>,
    threads: 1,
    date: new Date().toISOString().slice(0, 10),
  };
}
