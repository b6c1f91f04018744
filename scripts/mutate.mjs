// Changes the sources of packages, one place at a time, and tells which changes no test finds (Stryker). Places are drawn by a seed, and
// each change runs the tests alone that load its file: `npm run mutate -- replay-buffer --lines 300 --seed 1`. Not part of any check: 300
// lines, about as many changes, take from half an hour to some hours. Needs Node 22, which is fetched.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '@rl-recsys/random';

/** Where most of what can be wrong in silence is. */
const PACKAGES = ['replay-buffer', 'ddpg', 'drr', 'evaluation', 'state'];
const STRYKER = '10.0.0';

const { values, positionals } = parseArgs({
  options: {
    lines: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const [count, seed, jobs] = [values.lines, values.seed, values.jobs].map(Number);
if (![count, jobs].every((each) => Number.isSafeInteger(each) && each > 0) || !Number.isSafeInteger(seed)) {
  throw new Error(
    `--lines, --jobs, --seed: expected integers, the first two from 1, got ${JSON.stringify(values)}`,
  );
}
const unknown = positionals.find((name) => !PACKAGES.includes(name));
if (unknown !== undefined)
  throw new Error(`packages: expected some of ${PACKAGES.join(', ')}, got ${unknown}`);

const root = fileURLToPath(new URL('..', import.meta.url));
for (const name of positionals.length > 0 ? positionals : PACKAGES) mutate(name);

function mutate(name) {
  const folder = join(root, 'packages', name);
  const places = Random.fromSeed(seed).fork(name).shuffle(linesOf(folder)).slice(0, count);
  console.log(`${name}: ${places.length} lines, seed ${seed}`);
  const config = join(folder, 'stryker.config.json');
  writeFileSync(config, JSON.stringify(configOf(places, name), null, 2));
  const packages = [
    'node@22.23.3',
    `@stryker-mutator/core@${STRYKER}`,
    `@stryker-mutator/jest-runner@${STRYKER}`,
  ];
  try {
    const words = ['-y', ...packages.flatMap((each) => ['-p', each]), '--', 'stryker', 'run', config];
    execFileSync('npx', words, { cwd: folder, stdio: 'inherit' });
  } finally {
    rmSync(config, { force: true });
    rmSync(join(folder, '.stryker-tmp'), { recursive: true, force: true });
  }
}

/** Places of code, as Stryker names them: `src/file.ts:12-12`. */
function linesOf(folder) {
  const files = readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'index.ts')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const isCode =
          /\S/.test(line) &&
          !/^\s*(\*|\/\*|\/\/|import |export (type|interface|\{|\*)|readonly |[})\];,]+$)/.test(line);
        return isCode ? [`${file.slice(folder.length + 1)}:${index + 1}-${index + 1}`] : [];
      }),
  );
}

function configOf(mutate, name) {
  return {
    mutate,
    plugins: ['@stryker-mutator/jest-runner'],
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules'],
    jest: { projectType: 'custom', configFile: 'jest.config.js', enableFindRelatedTests: true },
    coverageAnalysis: 'off', // native ES modules can't be told apart by test
    // In place: tests reach the other packages by paths that a copy elsewhere would not have.
    inPlace: true,
    disableTypeChecks: false,
    concurrency: jobs,
    timeoutMS: 60_000,
    ignorePatterns: ['dist', 'etc', 'temp', '.turbo'],
    reporters: ['clear-text', 'json'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: join(root, 'mutants', `${name}.json`) },
    allowEmpty: true,
  };
}
