import { textTable } from '../terminal/text-table.js';
import type { Combination } from './combinations.js';
import type { SweepFile } from './sweep-file.js';
import type { Outcome } from './trial.js';

/** A combination in one round, with what it came to for each seed. */
export interface Tried {
  readonly combination: Combination;
  /** From 0. */
  readonly round: number;
  readonly outcomes: readonly Outcome[];
}

/** What is said of a combination in the round that it came to. */
export interface Ranked {
  readonly combination: Combination;
  readonly round: number;
  /** The mean over seeds; null where a training failed. */
  readonly mean: number | null;
  /** How far seeds are apart: the deviation of the sample, null where there is one. */
  readonly deviation: number | null;
}

/** How good it is, more is better: undefined where a training failed. */
export function valueOf({ outcomes }: Tried, { goal }: Pick<SweepFile, 'goal'>): number | undefined {
  const mean = meanOf(outcomes);
  if (mean === null) return undefined;
  return goal === 'most' ? mean : -mean;
}

/** Those that came furthest first, and of these the best. */
export function rankedOf(tried: readonly Tried[], sweep: Pick<SweepFile, 'goal'>): Ranked[] {
  const last = new Map<string, Tried>();
  for (const each of tried) last.set(JSON.stringify(each.combination), each);
  const better = (one: Tried, other: Tried) =>
    other.round - one.round || (valueOf(other, sweep) ?? -Infinity) - (valueOf(one, sweep) ?? -Infinity);
  return [...last.values()].sort(better).map(({ combination, round, outcomes }) => ({
    ...{ combination, round, mean: meanOf(outcomes) },
    deviation: deviationOf(outcomes),
  }));
}

export function sweepTable(
  tried: readonly Tried[],
  sweep: Pick<SweepFile, 'goal' | 'figure' | 'halving' | 'seeds'>,
): { readonly text: string; readonly ranked: readonly Ranked[] } {
  const ranked = rankedOf(tried, sweep);
  const names = Object.keys(ranked[0]!.combination);
  const head = [...names, ...(sweep.halving ? ['round'] : []), sweep.figure, '±'];
  const rows = ranked.map(({ combination, round, mean, deviation }) => [
    ...names.map((name) => cellOf(combination[name])),
    ...(sweep.halving ? [String(round + 1)] : []),
    mean === null ? 'failed' : mean.toPrecision(6),
    deviation === null ? '' : deviation.toPrecision(3),
  ]);
  const title = `${ranked.length} combinations, ${sweep.seeds.length} seeds each; ± is the deviation between seeds:`;
  return { text: `${title}\n${textTable(head, rows)}`, ranked };
}

/** An option's value as it is typed. */
export function cellOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function meanOf(outcomes: readonly Outcome[]): number | null {
  const values = outcomes.flatMap(({ value }) => value ?? []);
  return values.length < outcomes.length ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
}

function deviationOf(outcomes: readonly Outcome[]): number | null {
  const mean = meanOf(outcomes);
  if (mean === null || outcomes.length < 2) return null;
  const squares = outcomes.reduce((sum, { value }) => sum + (value! - mean) ** 2, 0);
  return Math.sqrt(squares / (outcomes.length - 1));
}
