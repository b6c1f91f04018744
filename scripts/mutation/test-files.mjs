import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOOKS = new URL('hooks.mjs', import.meta.url).href;
const PROCESS = fileURLToPath(new URL('test-process.mjs', import.meta.url));

/** The quick tests; long ones and README programs, which run what is built, can't tell mutants in time. */
export function testFilesOf(folder) {
  return readdirSync(join(folder, 'test'), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.test.ts') && !/\.long\.test|^readme\.test/.test(name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Runs a file without any mutant: which of them each test comes by, how often, and how long it takes. */
export async function coverageOf(file, folder, compiled) {
  const answer = await runTests({ file, folder, compiled, limit: 600_000 });
  if (answer.status !== 'passed') throw new Error(`${file} fails without mutants: ${answer.why}`);
  return { file, ...answer };
}

/** Runs some tests of a file, or all, in a process of their own, to the first that fails; ends it after `limit` ms. */
export function runTests({ file, folder, compiled, names, mutant, hitLimit, limit }) {
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    MUTATION: JSON.stringify({ file, folder, compiled, names, mutant, hitLimit }),
    ...(mutant === undefined ? {} : { __STRYKER_ACTIVE_MUTANT__: mutant }),
  };
  return new Promise((resolve) => {
    const child = fork(PROCESS, {
      cwd: folder,
      env,
      execArgv: ['--import', HOOKS],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let complaint = '';
    child.stderr.on('data', (bytes) => (complaint = `${complaint}${bytes}`.slice(-2000)));
    const timer = setTimeout(() => end({ status: 'timeout', why: `${limit} ms` }), limit);
    child.on('message', end);
    child.on('exit', (code) => end({ status: 'failed', why: `exit ${code}: ${complaint}` }));

    function end(answer) {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(answer);
    }
  });
}
