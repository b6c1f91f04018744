import { runTests } from './test-files.mjs';

/** A mutant that a loop comes by so many times more often than the code does is endless, as Stryker takes it. */
const HIT_FACTOR = 100;

/** What the tests that come by a mutant say of it, quickest file first, until one fails. */
export async function outcomeOf(mutant, files, folder, compiled) {
  const asked = files
    .map((file) => ({ ...file, ...testsOf(file, mutant.id) }))
    .filter(({ hits }) => hits > 0)
    .sort((first, second) => first.milliseconds - second.milliseconds);
  for (const { file, names, hits, milliseconds } of asked) {
    const limit = 20_000 + 10 * milliseconds; // a machine may be busy
    const hitLimit = hits * HIT_FACTOR;
    const answer = await runTests({ file, folder, compiled, names, mutant: mutant.id, hitLimit, limit });
    if (answer.status !== 'passed')
      return { status: answer.status === 'timeout' ? 'timeout' : 'killed', by: file, why: answer.why };
  }
  return { status: asked.length > 0 ? 'survived' : 'uncovered' };
}

/** The tests of a file that come by a mutant: all of them (`names` undefined) where the file does so outside any test. */
function testsOf({ outside, tests, load }, id) {
  const those = tests.filter(({ covered }) => covered[id] !== undefined);
  const hits = those.reduce((sum, { covered }) => sum + covered[id], outside[id] ?? 0);
  const isAll = outside[id] !== undefined;
  const milliseconds = (isAll ? tests : those).reduce((sum, test) => sum + test.milliseconds, load);
  return { names: isAll ? undefined : those.map(({ name }) => name), hits, milliseconds };
}
