import { describe, expect, test } from '@jest/globals';
import { compareReports } from '../src/harness/compare-reports.js';
import type { Case, Report } from '../src/harness/report.js';

const caseOf = (name: string, min: number, median: number, p95: number): Case => ({
  ...{ name, peer: null, ratio: null, ratioOfMinima: null },
  ours: { name: 'ours', count: 9, median, min, p5: min, p95, p99: p95 },
});
const report = (cases: Case[], suite = 'update') => ({ suite, cases }) as unknown as Report;
const verdicts = (older: Case, newer: Case) =>
  compareReports(report([older]), report([newer])).map(({ verdict }) => verdict);

describe('what has changed between two reports', () => {
  const older = caseOf('x', 10, 11, 12);

  test.each([
    ['slower', caseOf('x', 11, 13, 15)],
    ['within noise', caseOf('x', 10.4, 13, 15)], // the machine was busy, for the code can do what it could
    ['within noise', caseOf('x', 11, 11.9, 15)], // nobody would notice
    ['faster', caseOf('x', 9, 9.5, 10)],
    ['within noise', caseOf('x', 9.6, 9.8, 9.9)],
    ['within noise', older],
  ] as const)('is %s', (verdict, newer) => {
    expect(verdicts(older, newer)).toEqual([verdict]);
  });

  test('is told once for each case, in numbers, and not of cases that only one of them has', () => {
    const newer = [caseOf('x', 20, 22, 24), caseOf('x', 20, 22, 24), caseOf('new', 1, 1, 1)];
    expect(compareReports(report([older, caseOf('old', 1, 1, 1)]), report(newer))).toEqual([
      { name: 'x', ratio: 2, ratioOfMinima: 2, verdict: 'slower' },
    ]);
  });

  test('can not be told of other suites, or of nothing in common', () => {
    expect(() => compareReports(report([older], 'act'), report([older]))).toThrow(
      'older: expected a report of update, got one of act',
    );
    expect(() => compareReports(report([caseOf('y', 1, 1, 1)]), report([older]))).toThrow(
      "older: expected a case that is measured today too, got none of update's",
    );
  });
});
