import { readFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { version_core as tfjs } from '@tensorflow/tfjs-core';
import type { Dataset } from '@rl-recsys/datasets';
import { nextCommand } from '../terminal/next-command.js';

/** What is known of a run beside its options and results. A type, so that it is JSON. */
export type RunFacts = {
  /** What it was started with, as one types it. */
  readonly command: string;
  /** When, as ISO 8601 has it. */
  readonly startedAt: string;
  /** How long it took. */
  readonly seconds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: string;
  /** Null where it learned from an environment. */
  readonly dataset: {
    readonly name: string;
    readonly users: number;
    readonly items: number;
    readonly ratings: number;
  } | null;
};

/**
 * Of a run that ends now, and took so many seconds, on this machine.
 *
 * @param dataset - what it learned from, unless that was an environment.
 */
export function factsNow(dataset: Dataset | undefined, seconds: number): RunFacts {
  const { version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as Record<'version', string>;
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return {
    command: nextCommand('train', process.argv.slice(3)),
    startedAt: new Date(Date.now() - 1000 * seconds).toISOString(),
    seconds,
    versions: { '@rl-recsys/trainer': version, 'Node.js': process.versions.node, 'TensorFlow.js': tfjs },
    machine: `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory}, ${platform()} ${release()} (${arch()})`,
    dataset: dataset ? countsOf(dataset) : null,
  };
}

function countsOf({ name, users, items, log }: Dataset): RunFacts['dataset'] {
  return { name, users: users.size, items: items.size, ratings: log.ratings.length };
}
