import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration } from '../src/terminal/duration.js';
import { phases } from '../src/terminal/progress.js';
import { progressLine, type ProgressState } from '../src/terminal/progress-line.js';
import { textTable } from '../src/terminal/text-table.js';

const state: ProgressState = {
  ...{ label: 'training', done: 43_200, total: 96_000, unit: 'steps', seconds: 79 },
  more: ['reward 0.412', '547/s'],
};

describe('a line of progress', () => {
  test('says how much is done and how long the rest will take, with a bar where it is drawn', () => {
    expect(progressLine(state, false)).toBe(
      'training    43,200/96,000 steps | 1 min 37 s left | reward 0.412 | 547/s',
    );
    expect(progressLine(state, true)).toBe(
      'training    [█████░░░░░░░] 43,200/96,000 steps | 1 min 37 s left | reward 0.412',
    );
  });

  test('tells no time left at the end, at the beginning, and where nobody knows how much it is', () => {
    expect(progressLine({ ...state, done: 96_000, more: [] }, false)).toBe('training    96,000/96,000 steps');
    expect(progressLine({ ...state, seconds: 0.4, more: [] }, false)).toBe('training    43,200/96,000 steps');
    const unknown = {
      ...state,
      label: 'reading',
      done: 12,
      total: undefined,
      unit: 's',
      seconds: 12,
      more: [],
    };
    expect(progressLine(unknown, true)).toBe('reading     12 s');
  });

  test('fits 80 columns, whatever there is to say, and never says NaN or ∞', () => {
    const any = fc.record({
      ...{
        label: fc.constantFrom('training', 'downloading'),
        done: fc.nat(),
        unit: fc.constantFrom('steps', 'policies'),
      },
      total: fc.option(fc.nat(), { nil: undefined }),
      ...{ seconds: fc.double({ min: 0, max: 1e7, noNaN: true }), more: fc.array(fc.string()) },
    });
    fc.assert(
      fc.property(any, fc.boolean(), (given, isDrawn) => {
        const line = progressLine(given, isDrawn);
        expect(line.length).toBeLessThan(80);
        if (given.more.length === 0) expect(line).not.toMatch(/NaN|Infinity|∞|-/);
      }),
    );
  });
});

test('one phase begins where it is shown first, which ends the one before it', () => {
  const events: string[] = [];
  const named = (name: string) => () => {
    events.push(`${name} begins`);
    return {
      show: (done: number) => void events.push(`${name} ${done}`),
      stop: () => void events.push(`${name} ends`),
    };
  };
  const [fits, draws] = [named('fits'), named('draws')];
  const progress = phases();
  progress.begin(fits);
  for (const [make, done] of [[fits, 1] as const, [fits, 2] as const, [draws, 0] as const])
    progress.begin(make).show(done, 2);
  progress.stop();
  expect(events).toEqual([
    'fits begins',
    'fits 1',
    'fits 2',
    'fits ends',
    'draws begins',
    'draws 0',
    'draws ends',
  ]);
});

test.each([
  [0.4, '0 s'],
  [119.6, '2 min 0 s'],
  [3599.7, '1 h 0 min'],
])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

describe('a table', () => {
  test('stays as it is where it fits', () => {
    expect(textTable(['policy', 'P@10'], [['random', 0.5]])).toBe(
      ['┌────────┬────────┐', '│ policy │   P@10 │', '│ random │ 0.5000 │', '└────────┴────────┘'].join('\n'),
    );
  });

  test('goes on below in its headings first: that of the default run fits 80 columns', () => {
    const head = ['policy', 'P@10', 'NDCG@10', 'recall@10', 'hit rate@10', 'session reward', 'items'];
    const rows = [
      ['matrix factorisation', 0.1909, 0.285, 0.3225, 0.7838, '4.55', '10.8'],
      ['DRR', 0.1231, 0.173, 0.191, 0.5904, '6.41', '13.2'],
    ];
    expect(textTable(head, rows)).toBe(
      [
        '┌──────────────────────┬────────┬────────┬────────┬────────┬─────────┬───────┐',
        '│                      │        │        │        │    hit │         │       │',
        '│                      │        │   NDCG │ recall │   rate │ session │       │',
        '│ policy               │   P@10 │    @10 │    @10 │    @10 │ reward  │ items │',
        '│ matrix factorisation │ 0.1909 │ 0.2850 │ 0.3225 │ 0.7838 │ 4.55    │ 10.8  │',
        '│ DRR                  │ 0.1231 │ 0.1730 │ 0.1910 │ 0.5904 │ 6.41    │ 13.2  │',
        '└──────────────────────┴────────┴────────┴────────┴────────┴─────────┴───────┘',
      ].join('\n'),
    );
  });

  test('then in its intervals, then in its names', () => {
    const interval = '−0.1121 (−0.1259 to −0.0992)';
    const text = textTable(
      ['DRR less … (95 % over users)', 'NDCG@10', 'session reward'],
      [['matrix factorisation, the best single block', interval, '+1.86 (+1.61 to +2.14)']],
    );
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toContain('│ −0.1121              │ +1.86            │');
    expect(text).toContain('│ (−0.1259 to −0.0992) │ (+1.61 to +2.14) │');
  });
});
