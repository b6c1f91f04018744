import { describe, expect, test } from '@jest/globals';
import { formatMarkdown, markdownTable, withSection } from '../src/harness/markdown.js';
import { formatReport } from '../src/harness/print.js';
import type { Outcome } from '../src/harness/race.js';
import { compare, missingNotes } from '../src/harness/report.js';
import { runSuite } from '../src/harness/run-suite.js';
import type { Suite } from '../src/suites/suite.js';

const outcome = (name: string, median: number, min: number): Outcome => {
  return { name, count: 9, median, min, p5: min, p95: 2 * median, p99: 3 * median, details: {}, about: {} };
};
const ours = outcome('ours', 2, 1);
const peer = outcome('peer', 8, 2);
const absent: Outcome = { name: 'absent', missing: 'apt-get install it' };

const suite: Suite = {
  name: 'fake',
  about: 'Nothing.',
  unit: 'µs',
  run: () =>
    Promise.resolve({
      cases: compare('case', ours, [peer, absent]),
      tables: [{ title: 'More', head: ['a', ''], rows: [['1', '22222']] }],
      notes: missingNotes([ours, absent, absent]),
    }),
};
const context = { quick: false, python: undefined, onProgress: () => undefined };

describe('compare', () => {
  test('divides ours by the peer’s', () => {
    const [{ ratio, ratioOfMinima, ...rest }] = compare('x', ours, [peer]) as [ReturnType<typeof compare>[0]];
    expect([ratio, ratioOfMinima]).toEqual([0.25, 0.5]);
    expect(rest).toMatchObject({
      name: 'x',
      ours: { name: 'ours', median: 2 },
      peer: { name: 'peer', min: 2 },
    });
  });

  test('has null for a peer that is missing, or where there is none', () => {
    const nothing = { peer: null, ratio: null, ratioOfMinima: null };
    expect(compare('x', ours, [absent])).toMatchObject([nothing]);
    expect(compare('x', ours, [])).toMatchObject([nothing]);
  });

  test('says nothing where ours is missing', () => {
    expect(compare('x', absent, [peer])).toEqual([]);
  });
});

describe('a report', () => {
  test('is one JSON object of suite, machine and cases', async () => {
    const report = JSON.parse(JSON.stringify(await runSuite(suite, context))) as Record<string, unknown>;
    expect(report).toMatchObject({
      suite: 'fake',
      machine: {
        cpu: expect.any(String),
        cores: expect.any(Number),
        memoryGiB: expect.any(Number),
        node: process.versions.node,
        v8: process.versions.v8,
        tfjs: '4.22.0',
        ...{ python: null, numpy: null, torch: null, blas: null, threads: 1 },
        date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      },
      cases: [
        { name: 'case', ours: { median: 2, min: 1 }, peer: { name: 'peer', median: 8, min: 2 }, ratio: 0.25 },
        { name: 'case', ours: { median: 2, min: 1 }, peer: null, ratio: null },
      ],
    });
  });

  test('is printed in the suite’s unit, with notes once each', async () => {
    const text = formatReport(await runSuite(suite, context));
    expect(text).toMatch(/│ case +│ 2000 +│ 1000 +│ 1000–4000 +│ peer +│ 8000 +│ 2000 .*│ 0.25 +│ 0.50 /);
    expect(text.match(/apt-get install it/g)).toHaveLength(1);
  });

  test('becomes Markdown', async () => {
    const text = formatMarkdown([await runSuite(suite, context)]);
    expect(text).toMatch(/^# Benchmarks\n/);
    expect(text).toContain('\n## fake\n\nNothing.\n');
    expect(text).toContain('\n### More\n\n| a   |       |\n| --- | ----- |\n| 1   | 22222 |\n');
    expect(text).not.toContain('--quick`)');
    expect(formatMarkdown([await runSuite(suite, { ...context, quick: true })])).toContain('--quick`)');
    expect(() => formatMarkdown([])).toThrow('reports: expected at least one, got none');
  });
});

test('a section is written anew in its place, or at the end', async () => {
  const report = await runSuite(suite, context);
  const other = { ...report, suite: 'other' };
  const page = formatMarkdown([report, other]);
  expect(withSection(page, report)).toBe(page);
  expect(withSection(page, other)).toBe(page);
  expect(withSection(formatMarkdown([report]), other)).toBe(page);
  expect(withSection(page, { ...report, about: 'Something.' })).toBe(page.replace('Nothing.', 'Something.'));
});

test('markdownTable counts characters, not code units', () => {
  expect(markdownTable(['x'], [['𝑄 × 2']])).toBe('| x     |\n| ----- |\n| 𝑄 × 2 |');
});
