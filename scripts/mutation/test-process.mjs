// Loads one file of tests, with one mutant active from the beginning or none, and runs those that its parent asks for, as often as it asks.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { circus } from './globals.mjs';

const { file, folder, mutant } = JSON.parse(process.env.MUTATION);
const stryker = { activeMutant: mutant };
globalThis.__stryker__ = stryker;
let [failed, failure] = [];
/** What each test used of a processor's time in ms. */
const used = new Map();

circus.addEventHandler((event) => {
  if (event.name === 'test_start') {
    if (failure !== undefined) event.test.mode = 'skip'; // one that fails is enough
    stryker.currentTestId = nameOf(event.test);
    used.set(event.test, -spent());
  } else if (event.name === 'test_done') {
    stryker.currentTestId = undefined;
    used.set(event.test, used.get(event.test) + spent());
    if (event.test.errors.length > 0) failure ??= `${nameOf(event.test)}: ${messageOf(event.test.errors[0])}`;
  }
});

const started = performance.now();
const { default: config } = await import(pathToFileURL(join(folder, 'jest.config.js')).href);
circus.getState().testTimeout = 1e9; // the parent has its own, which knows how long each takes
for (const each of config.setupFilesAfterEnv ?? [])
  await import(pathToFileURL(each.replace('<rootDir>', folder)).href);
await import(pathToFileURL(file).href);
const load = performance.now() - started;
const tests = testsIn(circus.getState().rootDescribeBlock);
const modes = tests.map(({ mode }) => mode);

process.on('message', (request) => {
  run(request).then((answer) => process.send(answer));
});

/** Runs the tests of these names, or all, with a mutant or none, to the first that fails. */
async function run({ names, mutant, hitLimit }) {
  const chosen = names && new Set(names);
  for (const [place, test] of tests.entries()) {
    const isLeftOut = chosen !== undefined && !chosen.has(nameOf(test));
    // As new: Jest's runner runs each but once.
    Object.assign(test, {
      errors: [],
      status: null,
      duration: null,
      mode: isLeftOut ? 'skip' : modes[place],
    });
  }
  [failed, failure] = [];
  const isCounted = mutant !== undefined;
  Object.assign(stryker, { activeMutant: mutant, hitCount: isCounted ? 0 : undefined, hitLimit });
  circus.getState().unhandledErrors.length = 0;
  const { unhandledErrors } = await circus.run();
  if (unhandledErrors.length > 0) failure ??= messageOf(unhandledErrors[0]);
  const hits = stryker.hitCount;
  // An endless loop may have been stopped by an error that the code took for its own.
  const status = hits > hitLimit ? 'endless' : failure === undefined ? 'passed' : 'failed';
  return { status, failed, why: failure, hits, ...(isCounted ? {} : covered()) };
}

/** The processor's time so far in ms. */
function spent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function covered() {
  const { static: outside = {}, perTest = {} } = stryker.mutantCoverage ?? {};
  const ofTest = (test) => ({
    name: nameOf(test),
    milliseconds: test.duration ?? 0,
    used: used.get(test) ?? 0,
    covered: perTest[nameOf(test)] ?? {},
  });
  return { load, outside, tests: tests.map(ofTest) };
}

function testsIn(block) {
  return block.children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)));
}

function nameOf(test) {
  return test.parent?.parent === undefined ? test.name : `${nameOf(test.parent)} ${test.name}`;
}

function messageOf(error) {
  const [first] = [error].flat();
  return String(first?.message ?? first).slice(0, 500);
}
