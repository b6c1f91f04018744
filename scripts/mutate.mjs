// Changes the sources of packages, one place at a time, and tells which changes no test finds: `npm run mutate -- replay-buffer --mutants
// 300 --seed 1`. Stryker's instrumenter makes the changes (mutants), which needs Node 22: both are fetched. Nothing in the folder is
// changed, and no check runs this: 300 mutants take minutes.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const packages = ['node@22.23.3', '@stryker-mutator/instrumenter@10.0.0'].flatMap((each) => ['-p', each]);
const main = fileURLToPath(new URL('mutation/main.mjs', import.meta.url));
const words = ['-y', '--loglevel=error', ...packages, '--', 'node', main, ...process.argv.slice(2)];
process.exitCode = spawnSync('npx', words, { stdio: 'inherit' }).status ?? 1;
