import { relative } from 'node:path';
import { TestFile, testFilesOf } from './test-file.mjs';

/** A mutant that is come by so many times more often than without it is endless, as Stryker takes it. */
const HIT_FACTOR = 100;

/** A test that uses more of a processor's time in ms is left out: those learn for long, and each survivor would ask them. */
const MOST = 5000;

/** Where nothing but loading a file comes by a mutant, so many files are asked: each takes a process of its own. */
const MOST_LOADS = 5;

/**
 * Sets each mutant's `status` by the quick tests that come by it, a file after the other, the quickest first, until one fails.
 *
 * @param place - `folder`: of the package; `compiled`: where it was compiled with mutants.
 * @param tell - called after each file.
 */
export async function findOutcomes(mutants, place, tell) {
  const files = [];
  for (const file of testFilesOf(place.folder)) files.push(await coverageOf(file, place));
  files.sort((first, second) => first.milliseconds - second.milliseconds);
  for (const mutant of mutants) Object.assign(mutant, { status: 'uncovered', loads: 0 });
  for (const file of files) {
    const asked = mutants.filter(({ status }) => status === 'uncovered' || status === 'survived');
    const shared = new TestFile(place, file.file);
    for (const mutant of asked) {
      const reach = reachOf(file, mutant.id);
      if (reach.hits === 0 || reach.names.length === 0) continue;
      if (reach.isLoad && ++mutant.loads > MOST_LOADS) continue;
      const answer = await (reach.isAnew ? askAnew : askShared)(file, mutant, reach, place, shared);
      mutant.status = { passed: 'survived', failed: 'killed', endless: 'endless' }[answer.status];
      if (mutant.status !== 'survived')
        Object.assign(mutant, {
          by: relative(place.folder, file.file),
          failed: answer.failed,
          why: answer.why,
        });
    }
    shared.end();
    tell(file.file);
  }
}

/** Runs a file without any mutant: which of them each test comes by, how often, and how long it takes. */
async function coverageOf(file, place) {
  const tests = new TestFile(place, file);
  const answer = await tests.ask({ limit: 1_200_000 });
  tests.end();
  if (answer.status !== 'passed') throw new Error(`${file} fails without mutants: ${answer.why}`);
  const quick = answer.tests.filter(({ used }) => used <= MOST);
  for (const { name } of answer.tests.filter(({ used }) => used > MOST))
    console.log(`left out, as it takes long: ${relative(place.folder, file)}: ${name}`);
  const milliseconds = quick.reduce((sum, test) => sum + test.milliseconds, answer.load);
  return { file, milliseconds, outside: answer.outside, tests: quick };
}

/**
 * The tests of a file that come by a mutant: all, and in a new process, where it is come by outside any, as while the file is loaded.
 */
function reachOf({ outside, tests, milliseconds }, id) {
  const those = tests.filter(({ covered }) => covered[id] !== undefined);
  const hits = those.reduce((sum, { covered }) => sum + covered[id], outside[id] ?? 0);
  const isAnew = outside[id] !== undefined;
  const names = (isAnew ? tests : those).map(({ name }) => name);
  const limit = 20_000 + 10 * milliseconds; // a machine may be busy
  return { names, hits, limit, isAnew, isLoad: isAnew && those.length === 0 };
}

/**
 * Asks in the process that all mutants share. A failure counts where the same test passes again without the mutant, a pass where it was come
 * by as often as without it, which it is not where something made earlier was kept; else a new process is asked.
 */
async function askShared(file, mutant, reach, place, shared) {
  const { names, hits, limit } = reach;
  const answer = await shared.ask({ names, limit, mutant: mutant.id, hitLimit: hits * HIT_FACTOR });
  if (answer.hits === undefined) return answer; // the process ended: by a limit, or a crash
  if (answer.status === 'passed') return answer.hits >= hits ? answer : askAnew(file, mutant, reach, place);
  const again = answer.failed === undefined ? names : [answer.failed];
  if ((await shared.ask({ names: again, limit })).status === 'passed') return answer;
  shared.end();
  return askAnew(file, mutant, reach, place);
}

async function askAnew({ file }, mutant, { names, hits, limit }, place) {
  const own = new TestFile(place, file, mutant.id);
  const answer = await own.ask({ names, limit, mutant: mutant.id, hitLimit: hits * HIT_FACTOR });
  own.end();
  return answer;
}
