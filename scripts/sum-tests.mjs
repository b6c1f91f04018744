// Adds up jest's closing lines of all packages, read from standard input, into one.
import { readFileSync } from 'node:fs';

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const [, line] of readFileSync(0, 'utf8').matchAll(/\bTests: +(.*)/g)) {
  for (const [, count, outcome] of line.matchAll(/(\d+) (passed|failed|skipped)/g))
    totals[outcome] += Number(count);
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
if (totals.passed === 0 || totals.failed > 0) process.exit(1);
