import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Repetition } from './repetition.js';

/** A repetition as a line of a file. */
export interface KeptRepetition extends Repetition {
  readonly seed: number;
  readonly world: number;
  /** Of a processor. */
  readonly seconds: number;
}

/** Repetitions in a file of JSON lines, so that they need not all be made at once. */
export class KeptRepetitions {
  private readonly bySeed = new Map<number, KeptRepetition>();

  /** @param file - undefined: they are kept in memory alone. */
  constructor(private readonly file: string | undefined) {
    if (file === undefined || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (!line.startsWith('{')) continue;
      const repetition = JSON.parse(line) as KeptRepetition;
      this.bySeed.set(repetition.seed, repetition);
    }
  }

  has(seed: number): boolean {
    return this.bySeed.has(seed);
  }

  add(repetition: KeptRepetition): void {
    this.bySeed.set(repetition.seed, repetition);
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(repetition)}\n`);
  }

  /** Those of seeds up to one. */
  upTo(seed: number): readonly KeptRepetition[] {
    return [...this.bySeed.values()].filter((each) => each.seed <= seed);
  }
}
