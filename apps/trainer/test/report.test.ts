import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { launch, type Browser, type Page } from 'puppeteer-core';
import type { TrainingMetrics } from '@rl-recsys/agent';
import type { Difference, PolicyRole, Table, TableRow } from '../src/run/table.js';
import { renderReport, type ReportInput } from '../src/report/report.js';

/** @param full - precision, NDCG, recall and hit rate of the whole catalogue. */
const rowOf = (
  policy: string,
  full: readonly (number | null)[],
  own: readonly (number | null)[],
  role: PolicyRole = 'baseline',
): TableRow => ({
  ...{ policy, role },
  fullRanking: {
    ...{ precision: full[0] ?? null, ndcg: full[1] ?? null },
    ...{ recall: full[2] ?? null, hitRate: full[3] ?? null },
  },
  reranking: { precision: own[0] ?? null, ndcg: own[1] ?? null },
});

const tableOf = (rows: readonly TableRow[]): Table => ({
  fullRanking: { cutoff: 10, users: 943, precisionUsers: 907, ndcgUsers: 907 },
  reranking: { cutoff: 5, users: 943, precisionUsers: 911, ndcgUsers: 880 },
  ...{ rows, differences: [], advice: [] },
});

const difference = (changes: Partial<Difference>): Difference =>
  ({
    ...{ of: 'fullRanking', measure: 'ndcg', policy: 'Matrix factorisation', role: 'block' },
    difference: { mean: -0.0123, low: -0.02, high: 0.00004 },
    ...changes,
  }) as Difference;

const lineAt = (step: number, changes: TrainingMetrics['figures'] = {}): TrainingMetrics => ({
  step,
  episodes: step / 10,
  reward: 0.1 + step / 10_000,
  ...{ episodeReturn: 1, episodeLength: 10 },
  figures: { criticLoss: 100 / step, actorLoss: -step / 1000, epsilon: 0.5, ...changes },
  ...{ histograms: {}, seconds: step / 100, stepsPerSecond: 100 },
});

const run: ReportInput = {
  name: 'moving-taste-seed-1',
  options: { steps: 4000, replay: { alpha: 0.6 }, resume: null },
  dataset: { name: 'MovieLens 100k', users: 943, items: 1682, ratings: 100_000 },
  metrics: [lineAt(1000, { criticLoss: null, actorLoss: null }), lineAt(2000), lineAt(3000), lineAt(4000)],
  table: {
    ...tableOf([
      rowOf('Random', [0.01, 0.011, 0.012, 0.1], [0.55, 0.6]),
      rowOf('Popularity', [0.08, 0.1, 0.08, null], [0.63, 0.7]),
      rowOf('Item mean', [0.03, 0.04, 0.05, null], [0.66, 0.76]),
      rowOf('Matrix factorisation', [0.09333, 0.12, 0.11, null], [0.69333, 0.8], 'block'),
      rowOf('DRR (residual)', [0.09331, 0.13, 0.1, 0.4], [0.69331, null], 'trained'),
      rowOf('Oracle', [0.7, 1, 0.9, 1], [0.9, 1], 'oracle'),
    ]),
    differences: [
      difference({}),
      difference({ policy: 'Popularity', role: 'baseline' }),
      difference({ of: 'reranking', measure: 'precision', difference: { mean: 0.1, low: 0.05, high: 0.15 } }),
    ],
    advice: ['For lists of 10 use Matrix factorisation & rest.'],
  },
  seconds: 192.4,
};

const page = renderReport(run);

/** What stands between the tags of each row of a table's body, by default of the first table of policies. */
function rowsOf(text: string, kind = 'ranking'): string[][] {
  const body = new RegExp(`<table class="${kind}">.*?<tbody>(.*?)</tbody>`, 's').exec(text)?.[1] ?? '';
  return Array.from(body.matchAll(/<tr.*?<\/tr>/gs), ([row]) =>
    Array.from(row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g), (cell) => cell[1] ?? ''),
  );
}

const sectionOf = (text: string, heading: string) =>
  new RegExp(`<h2>${heading}</h2>.*?</section>`, 's').exec(text)![0];

/** The chart whose description begins with `start`. */
function chart(text: string, start: string): string {
  const charts = Array.from(text.matchAll(/<svg .*?<\/svg>/gs), ([svg]) => svg);
  const found = charts.find((svg) => svg.includes(`aria-label="${start}`));
  if (found === undefined) throw new Error(`no chart is described by ${start}`);
  return found;
}

describe('the tables of policies', () => {
  const bold = (text: string) => `<strong>${text}</strong>`;

  test('have a row for each policy in their order, with four digits', () => {
    const rows = rowsOf(page);
    expect(rows.map(([policy]) => policy)).toEqual(run.table.rows.map(({ policy }) => policy));
    expect(rows[0]).toEqual(['Random', '0.0100', '0.0110', '0.0120', '0.1000']);
    const own = rowsOf(sectionOf(page, 'Re-ranking'));
    expect(own.map(([, precision]) => precision)).toEqual(
      ['0.5500', '0.6300', '0.6600', bold('0.6933'), bold('0.6933'), '0.9000'], // prettier-ignore
    );
  });

  test('print the best of each column bold: never the oracle, and both of two that print alike', () => {
    const [, , , factorization, drr, oracle] = rowsOf(page);
    expect(factorization).toEqual(['Matrix factorisation', bold('0.0933'), '0.1200', bold('0.1100'), '–']);
    expect(drr).toEqual(['DRR (residual)', bold('0.0933'), bold('0.1300'), '0.1000', bold('0.4000')]);
    expect(oracle?.join(' ')).not.toContain('strong');
  });

  test('show a dash for what is null or not finite, and then nothing is best', () => {
    const broken = rowOf('Broken', [NaN, 0, Infinity, null], [null, 1]);
    expect(rowsOf(renderReport({ ...run, table: tableOf([broken]) }))).toEqual([
      ['Broken', '–', bold('0.0000'), '–', '–'],
    ]);
  });

  test('highlight what was trained and gray the oracle by their roles, whatever they are called', () => {
    const classes = (text: string) =>
      Array.from(sectionOf(text, 'Recommending').matchAll(/<tr class="(\w+)">/g), (match) => match[1]);
    expect(classes(page)).toEqual(['baseline', 'baseline', 'baseline', 'block', 'trained', 'oracle']);
    const roles = ['oracle', 'baseline', 'trained', 'block', 'mix'] as const;
    const table = tableOf(
      roles.map((role, place) =>
        rowOf(['Limit', 'DRR', 'Mine', 'Oracle', 'Mix'][place]!, [place], [place], role),
      ),
    );
    expect(classes(renderReport({ ...run, table }))).toEqual(roles);
  });

  test('leave out what is the same for all policies, and say so', () => {
    const rows = ['DRR', 'oracle'].map((policy, place) =>
      rowOf(policy, [place / 2, 0.5], [1, 1], place === 0 ? 'trained' : 'oracle'),
    );
    const page = renderReport({ ...run, table: tableOf(rows) });
    expect(page).toContain('The same for every policy, and so not shown: NDCG@10 0.5000');
    expect(page).toContain('Nothing to compare: users liked all that they rated later');
    expect(page).not.toContain('aria-label="Re-ranking"');
  });

  test('say who counts', () => {
    expect(sectionOf(page, 'Recommending').replace(/\s+/g, ' ')).toContain(
      '907 of 943 users, who had 10 or more items left and liked one later.',
    );
    expect(sectionOf(page, 'Re-ranking').replace(/\s+/g, ' ')).toContain(
      '911 of 943 users, who rated 5 or more items later (NDCG: 880, who liked one).',
    );
  });
});

describe('what must be beaten', () => {
  test('stands below its table with intervals, a row for each policy', () => {
    expect(rowsOf(sectionOf(page, 'Recommending'), 'differences')).toEqual([
      ['Matrix factorisation, the best single block', '−0.0123 (−0.0200 to +0.0000)'],
      ['Popularity', '−0.0123 (−0.0200 to +0.0000)'],
    ]);
    expect(sectionOf(page, 'Recommending')).toContain('DRR (residual) less … (95 % over users)');
    expect(rowsOf(sectionOf(page, 'Re-ranking'), 'differences')).toEqual([
      ['Matrix factorisation, the best single block', '+0.1000 (+0.0500 to +0.1500)'],
    ]);
  });

  test('is named in advice where it does better', () => {
    expect(page).toContain('<p class="advice">For lists of 10 use Matrix factorisation &amp; rest.</p>');
    const table = tableOf([rowOf('DRR', [1], [1], 'trained')]);
    const text = renderReport({ ...run, table });
    expect(text).not.toContain('<p class="advice">');
    expect(text).not.toContain('<table class="differences">');
  });
});

describe('the bars', () => {
  const barsOf = (svg: string) =>
    Array.from(svg.matchAll(/<path [^>]*fill="var\((.*?)\)"/g), (match) => match[1]);

  test('are drawn in the colors of the policies, and not where there is no value', () => {
    const colors = ['baseline-1', 'baseline-2', 'baseline-3', 'baseline-4', 'trained', 'oracle'];
    const count = (bars: (string | undefined)[]) =>
      colors.map((c) => bars.filter((bar) => bar === `--${c}`).length);
    // Without the oracle, beside which all others would be too low to tell apart.
    expect(count(barsOf(chart(page, 'Recommending as bars: P@10')))).toEqual([2, 2, 2, 2, 2, 0]);
    expect(count(barsOf(chart(page, 'Recommending as bars: recall@10')))).toEqual([2, 1, 1, 1, 2, 0]);
    expect(count(barsOf(chart(page, 'Re-ranking as bars: NDCG@5')))).toEqual([1, 1, 1, 1, 0, 1]);
  });

  test('bear their values', () => {
    const labels = Array.from(chart(page, 'Re-ranking as bars: P@5').matchAll(/>(\d\.\d{4})<\/text>/g));
    expect(labels.map((label) => label[1]).sort()).toEqual(
      run.table.rows.map(({ reranking }) => reranking.precision!.toFixed(4)).sort(),
    );
  });
});

describe('the curves', () => {
  const curveOf = (svg: string) =>
    /<path d="([^"]*)" fill="none"[^>]*stroke="var\(--trained\)"/.exec(svg)?.[1]?.match(/[ML]/g)?.join('');

  test('say where they begin and end', () => {
    expect(page).toContain('aria-label="Curve of mean reward: 0.2 at step 1,000 to 0.5 at step 4,000."');
    expect(page).toContain('aria-label="Curve of actor loss: −2 at step 2,000 to −4 at step 4,000."');
  });

  test('leave gaps where there is no value', () => {
    expect(curveOf(chart(page, 'Curve of mean reward'))).toBe('MLLL');
    expect(curveOf(chart(page, 'Curve of critic loss'))).toBe('MLL');
    const metrics = [100, 200, 300, 400, 500, 600, 700, 800].map((step) =>
      lineAt(step, step === 500 ? { criticLoss: null } : step === 600 ? { criticLoss: NaN } : {}),
    );
    expect(curveOf(chart(renderReport({ ...run, metrics }), 'Curve of critic loss'))).toBe('MLLLML');
  });

  test('mark a single point, which no line would show', () => {
    const svg = chart(
      renderReport({ ...run, metrics: [lineAt(10)] }),
      'Curve of mean reward: 0.101 at step 10.',
    );
    expect(svg.match(/<path [^>]*fill="var\(--trained\)"/g)).toHaveLength(1);
  });

  test('give way to words where there is nothing to draw', () => {
    const early = renderReport({ ...run, metrics: run.metrics.slice(0, 1) });
    expect(early.match(/No values in this run\./g)).toHaveLength(2);
    expect(early.match(/aria-label="Curve of/g)).toHaveLength(2);
    const none = renderReport({ ...run, metrics: [] });
    expect(none).toContain('No metrics: the run ended before its first line of metrics was written.');
    expect(none).not.toContain('aria-label="Curve of');
  });
});

describe('the page', () => {
  test('escapes whatever the user named', () => {
    const evil = `</style><script>alert("1" & '2')</script>`;
    const text = renderReport({
      ...run,
      name: evil,
      options: { [evil]: evil, nested: { evil } },
      dataset: { ...run.dataset, name: evil },
      table: {
        ...tableOf([rowOf(evil, [1], [1], 'trained')]),
        differences: [difference({ policy: evil })],
        advice: [evil],
      },
    });
    expect(text).not.toMatch(/<script|alert\("|& '/);
    const escaped = '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;';
    // The title, the headline, the dataset, an option's name and value, two tables, the legend, the advice, and of the
    // differences the head and a row.
    expect(text.split(escaped)).toHaveLength(1 + 3 + 2 + 2 + 1 + 1 + 2);
  });

  test('is the same for the same input, whatever was drawn before', () => {
    renderReport({ ...run, metrics: run.metrics.slice(1) });
    expect(renderReport(run)).toBe(page);
  });

  test('has each id once, and every reference points to one', () => {
    const ids = Array.from(page.matchAll(/ id="(.*?)"/g), (match) => match[1]);
    expect(ids.length).toBeGreaterThanOrEqual(4);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/url\(#(.*?)\)/g)) expect(ids).toContain(target);
  });

  test('shows the options: nested ones as JSON, null as a dash', () => {
    const options = page.slice(page.indexOf('<table class="options">'));
    const rows = Array.from(options.matchAll(/<th scope="row">(.*?)<\/th>\s*<td>(.*?)<\/td>/g));
    expect(rows.map(([, name, value]) => [name, value])).toEqual([
      ['steps', '4000'],
      ['replay', '{&quot;alpha&quot;:0.6}'],
      ['resume', '–'],
    ]);
  });

  test.each([
    [0.4, '0 s'],
    [59.6, '1 min 0 s'],
    [192.4, '3 min 12 s'],
    [3599.7, '1 h 0 min'],
    [90_000, '25 h 0 min'],
  ])('shows %d seconds as %s', (seconds, expected) => {
    expect(renderReport({ ...run, seconds })).toContain(`<dd>${expected}</dd>`);
  });
});

const chromium =
  process.env['RL_RECSYS_CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );

if (chromium !== undefined) {
  describe('in Chromium', () => inChromium(chromium));
} else if (process.env['RL_RECSYS_REQUIRE_DATA'] !== undefined) {
  test('in Chromium', () => {
    throw new Error(
      'RL_RECSYS_REQUIRE_DATA is set, but no Chromium was found; name it in RL_RECSYS_CHROMIUM',
    );
  });
} else {
  console.warn('SKIPPED: set RL_RECSYS_CHROMIUM to the path of Chromium to open the report in it');
  test.skip('in Chromium (set RL_RECSYS_CHROMIUM)', () => {});
}

function inChromium(executablePath: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const url = pathToFileURL(join(folder, 'report.html')).href;
  const heard: string[] = [];
  let browser: Browser;
  let tab: Page;

  beforeAll(async () => {
    writeFileSync(new URL(url), page);
    browser = await launch({ executablePath, args: ['--no-sandbox'] });
    tab = await browser.newPage();
    tab.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
    tab.on('pageerror', (error) => heard.push(`page error: ${String(error)}`));
    tab.on('request', (request) => heard.push(`request: ${request.url()}`));
    await tab.goto(url, { waitUntil: 'networkidle0' });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  test('requests the file alone, and the console stays empty', () => {
    expect(heard).toEqual([`request: ${url}`]);
  });

  test('shows all charts', async () => {
    const charts = await tab.$$('figure svg[role=img][aria-label]');
    const boxes = await Promise.all(charts.map((svg) => svg.boundingBox()));
    expect(boxes).toHaveLength(8);
    for (const box of boxes) {
      expect(box?.width).toBeGreaterThan(300);
      expect(box?.height).toBeGreaterThan(150);
    }
  });

  test('has the cells of the main table', async () => {
    const cells = `Array.from(document.querySelector('.ranking').rows, (row) => Array.from(row.cells, (cell) => cell.innerText))`;
    expect(await tab.evaluate(cells)).toEqual([
      ['Policy', 'P@10', 'NDCG@10', 'recall@10', 'hit rate@10'],
      ['Random', '0.0100', '0.0110', '0.0120', '0.1000'],
      ['Popularity', '0.0800', '0.1000', '0.0800', '–'],
      ['Item mean', '0.0300', '0.0400', '0.0500', '–'],
      ['Matrix factorisation', '0.0933', '0.1200', '0.1100', '–'],
      ['DRR (residual)', '0.0933', '0.1300', '0.1000', '0.4000'],
      ['Oracle', '0.7000', '1.0000', '0.9000', '1.0000'],
    ]);
  });

  test.each(['light', 'dark'])('is readable in a %s page', async (value) => {
    await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    const colors = (await tab.evaluate(`({
      page: getComputedStyle(document.body).backgroundColor,
      text: getComputedStyle(document.querySelector('h1')).color,
      card: getComputedStyle(document.querySelector('figure')).backgroundColor,
      chartText: getComputedStyle(document.querySelector('svg text')).fill,
    })`)) as Record<'page' | 'text' | 'card' | 'chartText', string>;
    const isDark = luminance(colors.page) < 0.1;
    expect(isDark).toBe(value === 'dark');
    // What WCAG 2 asks of text at level AA.
    expect(contrast(colors.text, colors.page)).toBeGreaterThan(4.5);
    expect(contrast(colors.chartText, colors.card)).toBeGreaterThan(4.5);
  });

  test('fits a telephone without scrolling sideways', async () => {
    await tab.setViewport({ width: 360, height: 740 });
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });
}

/** The relative luminance of WCAG 2 of a color such as rgb(1, 2, 3). */
function luminance(color: string): number {
  const [red, green, blue] = Array.from(color.matchAll(/\d+/g), ([channel]) => {
    const share = Number(channel) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

test('shows what sessions are worth where they were played, and nothing where not', () => {
  expect(page).not.toContain('<h2>Sessions</h2>');
  const rows = run.table.rows.map((row) =>
    row.policy === 'Oracle' ? row : { ...row, session: { reward: -0.0613, length: 13.42 } },
  );
  const won = difference({
    of: 'session',
    measure: 'reward',
    difference: { mean: 1.5, low: 1.28, high: 1.73 },
  });
  const played = renderReport({ ...run, table: { ...run.table, rows, differences: [won] } });
  const section = sectionOf(played, 'Sessions');
  expect(rowsOf(section)).toHaveLength(rows.length - 1);
  expect(rowsOf(section)[0]).toEqual(['Random', '<strong>−0.0613</strong>', '<strong>13.4</strong>']);
  expect(chart(section, 'Sessions as bars: Reward')).toContain('-0.0613');
  expect(rowsOf(section, 'differences')).toEqual([
    ['Matrix factorisation, the best single block', '+1.50 (+1.28 to +1.73)'],
  ]);
});
