import { TestFile, testFilesOf } from './test-file.mjs';

/** A mutant that is come by so many times more often than without it is endless, as Stryker takes it. */
const HIT_FACTOR = 100;

/**
 * Sets each mutant's `status` by the quick tests that come by it, a file after the other, the quickest first, until one fails.
 *
 * @param place - `folder`: of the package; `compiled`: where it was compiled with mutants.
 */
export async function findOutcomes(mutants, place) {
  const files = [];
  for (const file of testFilesOf(place.folder)) files.push(await coverageOf(file, place));
  files.sort((first, second) => first.milliseconds - second.milliseconds);
  for (const mutant of mutants) mutant.status = 'uncovered';
  for (const file of files) {
    const asked = mutants.filter(({ status }) => status === 'uncovered' || status === 'survived');
    const shared = new TestFile(place, file.file);
    for (const mutant of asked) {
      const reach = reachOf(file, mutant.id);
      if (reach.hits === 0) continue;
      const isFresh = reach.names === undefined;
      const answer = await (isFresh ? askAnew : askShared)(file, mutant, reach, place, shared);
      mutant.status = { passed: 'survived', failed: 'killed', endless: 'endless' }[answer.status];
      if (mutant.status !== 'survived')
        Object.assign(mutant, { by: file.file, failed: answer.failed, why: answer.why });
    }
    shared.end();
    process.stderr.write(`${mutants.filter(({ by }) => by !== undefined).length} `);
  }
  process.stderr.write('\n');
}

/** Runs a file without any mutant: which of them each test comes by, how often, and how long it takes. */
async function coverageOf(file, place) {
  const tests = new TestFile(place, file);
  const answer = await tests.ask({ limit: 600_000 });
  tests.end();
  if (answer.status !== 'passed') throw new Error(`${file} fails without mutants: ${answer.why}`);
  const milliseconds = answer.tests.reduce((sum, test) => sum + test.milliseconds, answer.load);
  return { file, milliseconds, ...answer };
}

/** The tests of a file that come by a mutant: all (`names` undefined) where it is come by outside any, as while the file is loaded. */
function reachOf({ outside, tests, milliseconds }, id) {
  const those = tests.filter(({ covered }) => covered[id] !== undefined);
  const hits = those.reduce((sum, { covered }) => sum + covered[id], outside[id] ?? 0);
  const names = outside[id] === undefined ? those.map(({ name }) => name) : undefined;
  return { names, hits, limit: 20_000 + 10 * milliseconds }; // a machine may be busy
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
