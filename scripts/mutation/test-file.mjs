import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';

const HOOKS = new URL('hooks.mjs', import.meta.url).href;
const PROCESS = fileURLToPath(new URL('test-process.mjs', import.meta.url));

/**
 * The quick tests, and those long ones that try more of what a quick one does; others, and README programs, which run what is built, can't
 * tell mutants in time.
 */
export function testFilesOf(folder) {
  return readdirSync(join(folder, 'test'), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.test.ts') && !name.startsWith('readme.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.endsWith('.long.test.ts') || readFileSync(file, 'utf8').includes(".suite.js'"))
    .sort();
}

/** A file of tests in a process of its own, which begins when it is asked. */
export class TestFile {
  /** `mutant`: active from the beginning on, while the file is loaded. */
  constructor(place, file, mutant) {
    this.env = {
      ...process.env,
      NODE_ENV: 'test',
      MUTATION: JSON.stringify({ ...place, file, mutant }),
      ...(mutant === undefined ? {} : { __STRYKER_ACTIVE_MUTANT__: mutant }),
    };
    this.folder = place.folder;
  }

  /** Runs some tests, or all where no `names` are given, to the first that fails; ends the process after `limit` ms. */
  ask({ limit, ...request }) {
    this.child ??= this.begin();
    const { child } = this;
    return new Promise((resolve) => {
      const timer = setTimeout(() => end({ status: 'endless', why: `${limit} ms` }), limit);
      const answered = (answer) => end(answer);
      const ended = (code) => end({ status: 'failed', why: `exit ${code}: ${this.complaint}` });
      child.on('message', answered).on('exit', ended);
      child.send(request);
      const end = (answer) => {
        clearTimeout(timer);
        child.off('message', answered).off('exit', ended);
        if (answer.hits === undefined && answer.tests === undefined) this.end(); // it did not answer
        resolve(answer);
      };
    });
  }

  end() {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  begin() {
    const stdio = ['ignore', 'ignore', 'pipe', 'ipc'];
    const child = fork(PROCESS, { cwd: this.folder, env: this.env, execArgv: ['--import', HOOKS], stdio });
    this.complaint = '';
    child.stderr.on('data', (bytes) => (this.complaint = `${this.complaint}${bytes}`.slice(-2000)));
    child.on('error', () => {}); // it ended before it could be told
    return child;
  }
}
