import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RunOptions } from '../options/run-options.js';
import { columnsOf } from '../run/columns.js';
import { loadOptions } from '../run/load-options.js';
import { RETURNS_FILE, type Returns } from '../run/returns.js';
import type { Table, TableRow } from '../run/table.js';
import { isLogRun } from '../scenarios/index.js';
import { nextCommand } from '../terminal/next-command.js';
import { printResult } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

/** A run as far as it is compared. */
interface ComparedRun {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** One on a log. */
interface ComparedLogRun extends ComparedRun {
  readonly table: Table;
  /** The row of what it trained. */
  readonly trained: TableRow;
}

/** One on an environment. */
interface ComparedEnvironmentRun extends ComparedRun {
  readonly returns: Returns;
}

/**
 * Prints in what the options of some runs differ, and what each run trained came to.
 *
 * @throws Error where a folder is no whole run, one was never evaluated, or some are on logs and others on environments.
 */
export async function compareRuns(folders: readonly string[]): Promise<void> {
  const saved = await Promise.all(
    folders.map(async (folder) => ({ folder, options: await loadOptions(folder) })),
  );
  const [first, ...others] = saved.map(({ options }) => isLogRun(options));
  if (others.some((each) => each !== first))
    throw new Error('compare: expected runs on logs or runs on environments, got some of both');
  const isOnLogs = first!;
  const runs = isOnLogs
    ? await Promise.all(saved.map(loadLogRun))
    : await Promise.all(saved.map(loadEnvironmentRun));
  const differing = differingOptions(runs);
  const text = [
    ...(differing.length === 0
      ? ['All options are the same.']
      : ['Options that differ:', textTable(['option', ...runs.map(({ name }) => name)], differing)]),
    'What each trained:',
    isOnLogs ? resultsOf(runs as ComparedLogRun[]) : returnsText(runs as ComparedEnvironmentRun[]),
    ...whyNotAlike(runs),
  ];
  printResult(text.join('\n'), { runs: runs.map(toldOf), differing: differing.map(([option]) => option) });
}

/** A run whose options were read. */
interface SavedRun {
  readonly folder: string;
  readonly options: RunOptions;
}

async function loadLogRun({ folder, options }: SavedRun): Promise<ComparedLogRun> {
  const table = JSON.parse(await readFile(join(folder, 'table.json'), 'utf8')) as Table;
  const trained = table.rows.find(({ role }) => role === 'trained')!;
  return { ...named(folder, options), table, trained };
}

async function loadEnvironmentRun({ folder, options }: SavedRun): Promise<ComparedEnvironmentRun> {
  const text = await readFile(join(folder, RETURNS_FILE), 'utf8').catch(() => {
    const next = nextCommand('evaluate', ['--run', folder]);
    throw new Error(`${folder}: expected a run that was evaluated, got one that failed before: ${next}`);
  });
  return { ...named(folder, options), returns: JSON.parse(text) as Returns };
}

function named(folder: string, options: RunOptions): ComparedRun {
  return { name: basename(folder), options: options as RunOptions & Record<string, unknown> };
}

/** What a program is told of a run. */
function toldOf(run: ComparedLogRun | ComparedEnvironmentRun): object {
  const { name, options } = run;
  return { name, options, ...('returns' in run ? { returns: run.returns } : { trained: run.trained }) };
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
function resultsOf(runs: readonly ComparedLogRun[]): string {
  const [{ table }] = runs as readonly [ComparedLogRun, ...ComparedLogRun[]];
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
  return markedTable(
    runs,
    measures.map(({ heading, valueOf, digits }) => ({
      ...{ heading, digits },
      values: runs.map(({ trained }) => valueOf(trained)),
    })),
  );
}

/** What the best actions of each earn, and what random ones do in its environment. */
function returnsText(runs: readonly ComparedEnvironmentRun[]): string {
  const own = runs.map(({ returns }) => returns.rows.at(-1)!);
  return markedTable(runs, [
    { heading: 'mean return', values: own.map(({ mean }) => mean), digits: 2 },
    { heading: 'least return', values: own.map(({ least }) => least), digits: 2 },
    {
      heading: 'less the best of others',
      values: runs.map(({ returns }) => returns.verdict.difference.mean),
      digits: 2,
    },
  ]);
}

/** A measure with the value of each run. */
interface Measure {
  readonly heading: string;
  readonly values: readonly (number | null)[];
  readonly digits: number;
}

function markedTable(runs: readonly ComparedRun[], measures: readonly Measure[]): string {
  const rows = measures.map(({ heading, values, digits }) => {
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
    ...(told('scenario') || told('env') ? ['they were trained on different data'] : []),
    ...(told('seed') ? ['seeds differ, which alone moves figures'] : []),
  ];
  return [
    `Each is one run${reasons.length > 0 ? `, and ${reasons.join('; ')}` : ''}: compare several seeds before you believe a small difference.`,
  ];
}
