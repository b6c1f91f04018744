import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { outcomeSchema, trialSchema, type Outcome, type Trial } from './trial.js';

const lineSchema = z.strictObject({ name: z.string(), trial: trialSchema, outcome: outcomeSchema });

/** The trials that are done, in a file of one a line, so that a sweep goes on where it was stopped. */
export class Results {
  private constructor(
    private readonly file: string,
    private readonly done: Map<string, Outcome>,
  ) {}

  /** Reads what is there; a last line that a crash cut short is left out. */
  static async open(file: string): Promise<Results> {
    await mkdir(dirname(file), { recursive: true });
    const lines = existsSync(file) ? (await readFile(file, 'utf8')).split('\n') : [];
    const whole = lines.flatMap((line, place) => {
      if (line === '') return [];
      const parsed = lineSchema.safeParse(parseJson(line));
      if (parsed.success) return [parsed.data];
      if (place >= lines.length - 1) return [];
      throw new Error(`${file}: expected a trial in line ${place + 1}, got something else`);
    });
    await writeFile(file, whole.map((line) => JSON.stringify(line) + '\n').join(''));
    return new Results(file, new Map(whole.map(({ name, outcome }) => [name, outcome])));
  }

  of(name: string): Outcome | undefined {
    return this.done.get(name);
  }

  async add(name: string, trial: Trial, outcome: Outcome): Promise<void> {
    await appendFile(this.file, JSON.stringify({ name, trial, outcome }) + '\n');
    this.done.set(name, outcome);
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
