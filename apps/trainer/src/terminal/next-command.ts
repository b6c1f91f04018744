import { basename, relative } from 'node:path';

/** What tells how this process was started. */
export interface StartedAs {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The script that Node runs, as it was named. */
  readonly script: string;
}

const thisProcess: StartedAs = { environment: process.env, script: process.argv[1] ?? 'rl-recsys' };

/** A command of this program in the form in which it was started, such as `npm run recommend -- --run runs/1`. */
export function nextCommand(
  command: string,
  options: readonly string[],
  started: StartedAs = thisProcess,
): string {
  const line = [commandPrefix(command, started), ...options.map(quoted)].join(' ');
  return line.replace(/ --$/, ''); // npm's, where nothing follows
}

/** The words before the options of one command. */
export function commandPrefix(command: string, { environment, script }: StartedAs = thisProcess): string {
  const { npm_command: npm, npm_package_name: project } = environment;
  // npm calls it run since version 11.
  if ((npm === 'run' || npm === 'run-script') && project === 'rl-recsys') return `npm run ${command} --`;
  return `${programName({ environment, script })} ${command}`;
}

/** How the program is called where `npm run` does not do it: through npx, by its name, or by its file. */
function programName({ environment, script }: StartedAs): string {
  // npx keeps what is not installed in a folder of its own; then only the package's name leads to it again.
  if (/[\\/]_npx[\\/]/.test(script)) return 'npx @rl-recsys/trainer';
  if (environment['npm_command'] !== undefined) return 'npx rl-recsys';
  const name = basename(script, '.cmd');
  if (name === 'rl-recsys') return name;
  const near = relative(process.cwd(), script);
  return `node ${quoted(near.startsWith('..') ? script : near)}`;
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
