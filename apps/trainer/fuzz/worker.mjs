// Tries inputs of one target: `worker.mjs NAME SEED MILLISECONDS`. Tells its parent each round's seed, count and failures.
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';

const [name, seed, milliseconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { properties } = await import(`./targets/${name}.mjs`);
/** Inputs between two messages. */
const ROUND = 50;
/** Failures of one property after which it is left alone. */
const MOST_FAILURES = 3;

const end = performance.now() + milliseconds;
const failures = new Map();
for (let round = 0; performance.now() < end; round++) {
  const open = Object.entries(properties).filter(([each]) => (failures.get(each) ?? 0) < MOST_FAILURES);
  if (open.length === 0) break;
  const [each, property] = open[round % open.length];
  const own = seed + round;
  process.send({ next: `${each}, seed ${own}` });
  const details = await fc.check(property, { seed: own, numRuns: ROUND, endOnFailure: false });
  const message = { count: details.numRuns };
  if (details.failed) {
    failures.set(each, (failures.get(each) ?? 0) + 1);
    const input = fc.stringify(details.counterexample).slice(0, 2000);
    message.failure = `${each} (seed ${own}, path ${details.counterexamplePath}): ${String(details.errorInstance).slice(0, 600)}\n  for ${input}`;
  }
  process.send(message);
}
process.disconnect();
