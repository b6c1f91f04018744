import type { Machine } from './machine.js';
import type { Outcome, Plan } from './race.js';
import type { Summary } from './statistics.js';

export interface Side extends Summary {
  readonly name: string;
}

/** One thing that ours did, and a peer too; times in milliseconds. */
export interface Case {
  readonly name: string;
  readonly ours: Side;
  /** null where there is none, or not on this machine. */
  readonly peer: Side | null;
  /** Of the medians, ours / peer: below 1 ours is faster. */
  readonly ratio: number | null;
  readonly ratioOfMinima: number | null;
}

/** Numbers that are no comparison of two. */
export interface ExtraTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

/** What a suite has to say. */
export interface Findings {
  readonly cases: readonly Case[];
  readonly tables: readonly ExtraTable[];
  /** What a reader must know to understand them, and which peers are missing. */
  readonly notes: readonly string[];
}

export interface Report extends Findings {
  readonly suite: string;
  readonly about: string;
  readonly unit: 'ms' | 'µs';
  readonly showsP99: boolean;
  readonly quick: boolean;
  readonly machine: Machine;
}

/**
 * Ours beside each of the peers, one case each; with a peer of null where it is missing.
 *
 * @returns no case where ours is missing.
 */
export function compare(name: string, ours: Outcome, peers: readonly Outcome[]): Case[] {
  if ('missing' in ours) return [];
  if (peers.length === 0) return [{ name, ours: side(ours), peer: null, ...noRatio }];
  return peers.map((peer) => {
    if ('missing' in peer) return { name, ours: side(ours), peer: null, ...noRatio };
    const ratio = ours.median / peer.median;
    return { name, ours: side(ours), peer: side(peer), ratio, ratioOfMinima: ours.min / peer.min };
  });
}

const noRatio = { ratio: null, ratioOfMinima: null };

function side({ name, count, median, min, p5, p95, p99 }: Side): Side {
  return { name, count, median, min, p5, p95, p99 };
}

/** A line for each contender that could not take part, without repeats. */
export function missingNotes(outcomes: readonly Outcome[]): string[] {
  const lines = outcomes.flatMap((each) => ('missing' in each ? `${each.name}: ${each.missing}` : []));
  return [...new Set(lines)];
}

/** Whether our kernels used relaxed SIMD where they were left to choose. */
export function simdNotes(outcomes: readonly Outcome[]): string[] {
  const chosen = outcomes.find((each) => 'about' in each && 'relaxedSimd' in each.about);
  if (!chosen || 'missing' in chosen) return [];
  return [
    chosen.about.relaxedSimd
      ? 'Our kernels fuse multiplications and additions (relaxed SIMD) unless plain SIMD is named.'
      : 'This engine has no relaxed SIMD: our kernels multiply and add separately.',
  ];
}

/** How a suite was measured, in a sentence. */
export function describePlan({ rounds, turnMs, warmUpMs, iterations }: Plan): string {
  return iterations === undefined
    ? `${rounds} rounds in rotation, turns of about ${turnMs} ms, after a warm-up of ${warmUpMs} ms each; all times pooled.`
    : `${rounds} rounds in rotation, turns of ${iterations} iterations; all times pooled.`;
}
