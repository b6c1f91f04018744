import type { Advice, LogFormat } from '@rl-recsys/datasets';
import { flagOf } from '../options/option.js';
import { columnsOf } from './read-columns.js';
import type { ReadingValues } from './reading-options.js';
import type { LoadedLog } from './scenario.js';

/**
 * Reads a log as the options say.
 *
 * @param format - how its files are written (default: by their endings).
 * @throws Error where that fails; it names options as the command line spells them.
 */
export async function loadLog(
  source: string,
  given: ReadingValues,
  format: LogFormat | undefined,
): Promise<LoadedLog> {
  const { DatasetError, formatReport, problemText, readLog } = await import('@rl-recsys/datasets');
  try {
    const dataset = await readLog(source, {
      ...columnsOf(given),
      ...(format === undefined ? {} : { format }),
    });
    return { dataset, lines: formatReport(dataset.report, asFlag) };
  } catch (cause) {
    if (cause instanceof DatasetError) throw new Error(problemText(cause, asFlag), { cause });
    if (cause instanceof RangeError) throw new Error(flagged(cause.message), { cause });
    throw cause;
  }
}

/** As the options of `readLog` are called here. */
const names: Readonly<Record<string, string>> = {
  user: 'userColumn',
  item: 'itemColumn',
  rating: 'ratingColumn',
};

/** What would help, such as `--encoding latin1`. */
function asFlag({ option, value }: Advice): string {
  const flag = flagOf(names[option] ?? option);
  if (value === true) return flag;
  if (typeof value === 'object')
    return `${flag} ${(Array.isArray(value) ? value : Object.values(value)).join(',')}`;
  return `${flag} ${String(value)}`;
}

/** A message about an option, which it begins with. */
function flagged(message: string): string {
  return message.replace(/^\w+(?=: )/, (name) => flagOf(names[name] ?? name));
}
