import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LogRunOptions } from '../options/run-options.js';
import { columnsOf } from '../run/columns.js';
import { loadOptions } from '../run/load-options.js';
import type { Table, TableRow } from '../run/table.js';
import { printResult } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

/** A run as far as it is compared. */
interface ComparedRun {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly table: Table;
  /** The row of what it trained. */
  readonly trained: TableRow;
}

/**
 * Prints in what the options of some runs differ, and what each run trained came to.
 *
 * @throws Error where a folder is no whole run, or a run has no table, as one on an environment has none.
 */
export async function compareRuns(folders: readonly string[]): Promise<void> {
  const runs = await Promise.all(folders.map(load));
  const differing = differingOptions(runs);
  const text = [
    ...(differing.length === 0
      ? ['All options are the same.']
      : ['Options that differ:', textTable(['option', ...runs.map(({ name }) => name)], differing)]),
    'What each trained:',
    resultsOf(runs),
    ...whyNotAlike(runs),
  ];
  printResult(text.join('\n'), {
    runs: runs.map(({ name, options, trained }) => ({ name, options, trained })),
    differing: differing.map(([option]) => option),
  });
}

async function load(folder: string): Promise<ComparedRun> {
  const options = (await loadOptions(folder)) as LogRunOptions & Record<string, unknown>;
  const text = await readFile(join(folder, 'table.json'), 'utf8').catch(() => {
    throw new Error(`${folder}: expected a run on a log, with a table, got one on an environment`);
  });
  const table = JSON.parse(text) as Table;
  return {
    name: basename(folder),
    options,
    table,
    trained: table.rows.find(({ role }) => role === 'trained')!,
  };
}

/** What is the same for all is left out, and what a run is called. */
function differingOptions(runs: readonly ComparedRun[]): (readonly [string, ...string[]])[] {
  const names = [...new Set(runs.flatMap(({ options }) => Object.keys(options)))];
  return names
    .filter((name) => !['name', 'runs', 'watch', 'tensorboard'].includes(name))
    .map((name): [string, ...string[]] => [name, ...runs.map(({ options }) => optionText(options[name]))])
    .filter(([, first, ...others]) => others.some((each) => each !== first));
}

function optionText(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A row for each measure, the best of it marked. */
function resultsOf(runs: readonly ComparedRun[]): string {
  const [{ table }] = runs as readonly [ComparedRun, ...ComparedRun[]];
  const ranked = (['fullRanking', 'reranking'] as const).flatMap((part) => {
    const { compared, same } = columnsOf(table, part);
    const where = part === 'fullRanking' ? 'whole catalogue' : 'rated later';
    return [...compared, ...same].map(({ heading, valueOf }) => ({
      heading: `${heading}, ${where}`,
      valueOf,
      digits: 4,
    }));
  });
  const session = [
    { heading: 'session reward', valueOf: (row: TableRow) => row.session?.reward ?? null, digits: 2 },
    { heading: 'session items', valueOf: (row: TableRow) => row.session?.length ?? null, digits: 1 },
  ];
  const measures = [...(runs.some(({ trained }) => trained.session) ? session : []), ...ranked];
  const rows = measures.map(({ heading, valueOf, digits }) => {
    const values = runs.map(({ trained }) => valueOf(trained));
    const texts = values.map((value) => value?.toFixed(digits) ?? '–');
    const best = Math.max(...values.map((value) => value ?? -Infinity)).toFixed(digits);
    const isTold = new Set(texts).size > 1;
    return [heading, ...texts.map((text) => (isTold && text === best ? `${text} *` : text))];
  });
  return textTable(['* is the best', ...runs.map(({ name }) => name)], rows);
}

/** What keeps figures from meaning the same. */
function whyNotAlike(runs: readonly ComparedRun[]): string[] {
  const told = (name: string) => new Set(runs.map(({ options }) => optionText(options[name]))).size > 1;
  const reasons = [
    ...(told('scenario') ? ['they were trained on different data'] : []),
    ...(told('seed') ? ['seeds differ, which alone moves figures'] : []),
  ];
  return [
    `Each is one run${reasons.length > 0 ? `, and ${reasons.join('; ')}` : ''}: compare several seeds before you believe a small difference.`,
  ];
}
