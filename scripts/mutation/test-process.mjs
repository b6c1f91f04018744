// One file of tests, with one mutant or none; tells its parent what came of it, at the first failure.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { circus } from './globals.mjs';

const { file, folder, names, mutant, hitLimit } = JSON.parse(process.env.MUTATION);
const stryker = { activeMutant: mutant, hitCount: mutant === undefined ? undefined : 0, hitLimit };
globalThis.__stryker__ = stryker;
const chosen = names && new Set(names);
const tests = [];

circus.addEventHandler((event) => {
  if (event.name === 'test_start') {
    const name = nameOf(event.test);
    if (chosen && !chosen.has(name)) event.test.mode = 'skip';
    stryker.currentTestId = name;
  } else if (event.name === 'test_done') {
    stryker.currentTestId = undefined;
    if (event.test.errors.length > 0)
      end('failed', `${nameOf(event.test)}: ${messageOf(event.test.errors[0])}`);
    tests.push({ name: nameOf(event.test), milliseconds: event.test.duration ?? 0 });
  }
});

const started = performance.now();
try {
  const { default: config } = await import(pathToFileURL(join(folder, 'jest.config.js')).href);
  circus.getState().testTimeout = config.testTimeout;
  for (const each of config.setupFilesAfterEnv ?? [])
    await import(pathToFileURL(each.replace('<rootDir>', folder)).href);
  await import(pathToFileURL(file).href);
  const load = performance.now() - started;
  const { unhandledErrors } = await circus.run();
  if (unhandledErrors.length > 0) end('failed', messageOf(unhandledErrors[0]));
  const { static: outside = {}, perTest = {} } = stryker.mutantCoverage ?? {};
  end('passed', undefined, {
    load,
    outside,
    tests: tests.map((test) => ({ ...test, covered: perTest[test.name] ?? {} })),
  });
} catch (error) {
  end('failed', messageOf(error));
}

function end(status, why, rest) {
  // An endless loop may have been stopped by an error that the code took for its own.
  const isEndless = stryker.hitCount > hitLimit;
  process.send({ status: isEndless ? 'timeout' : status, why, ...rest });
}

function nameOf(test) {
  return test.parent?.parent === undefined ? test.name : `${nameOf(test.parent)} ${test.name}`;
}

function messageOf(error) {
  const [first] = [error].flat();
  return String(first?.message ?? first).slice(0, 500);
}
