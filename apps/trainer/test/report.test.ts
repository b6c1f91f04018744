import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { launch, type Browser, type Page } from 'puppeteer-core';
import type { TrainingMetrics } from '@rl-recsys/agent';
import type { PolicyRole, TableRow } from '../src/run/table.js';
import { renderReport, type ReportInput } from '../src/report/report.js';

const rowOf = (
  policy: string,
  precision: (number | null)[],
  ndcg: (number | null)[],
  role: PolicyRole = 'baseline',
): TableRow => ({
  ...{ policy, role },
  precision: { 5: precision[0] ?? null, 10: precision[1] ?? null, 20: precision[2] ?? null },
  ndcg: { 5: ndcg[0] ?? null, 10: ndcg[1] ?? null, 20: ndcg[2] ?? null },
});

const lineAt = (step: number, changes: TrainingMetrics['figures'] = {}): TrainingMetrics => ({
  step,
  episodes: step / 10,
  reward: 0.1 + step / 10_000,
  ...{ episodeReturn: 1, episodeLength: 10 },
  figures: { criticLoss: 100 / step, actorLoss: -step / 1000, epsilon: 0.5, ...changes },
  seconds: step / 100,
});

const run: ReportInput = {
  name: 'moving-taste-seed-1',
  options: { steps: 4000, replay: { alpha: 0.6 }, resume: null },
  dataset: { name: 'MovieLens 100k', users: 943, items: 1682, ratings: 100_000 },
  metrics: [lineAt(1000, { criticLoss: null, actorLoss: null }), lineAt(2000), lineAt(3000), lineAt(4000)],
  table: [
    rowOf('Random', [0.55, 0.56, 0.57], [0.6, 0.65, 0.7]),
    rowOf('Popularity', [0.63, 0.64, 0.65], [0.7, 0.75, 0.78]),
    rowOf('Item mean', [0.66, 0.65, 0.64], [0.76, 0.78, 0.81]),
    rowOf('Matrix factorisation', [0.69333, 0.67, null], [0.8, 0.811, 0.8], 'reference'),
    rowOf('DRR (residual)', [0.69331, 0.68, null], [0.79, 0.812, 0.83], 'trained'),
    rowOf('Oracle', [0.9, 0.87, 0.65], [1, 1, 1], 'oracle'),
  ],
  seconds: 192.4,
};

const page = renderReport(run);

/** What stands between the tags of each row of the ranking table's body. */
function rankingRows(text: string): string[][] {
  const body = /<table class="ranking">.*?<tbody>(.*?)<\/tbody>/s.exec(text)?.[1] ?? '';
  return Array.from(body.matchAll(/<tr.*?<\/tr>/gs), ([row]) =>
    Array.from(row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g), (cell) => cell[1] ?? ''),
  );
}

/** The chart whose description begins with `start`. */
function chart(text: string, start: string): string {
  const charts = Array.from(text.matchAll(/<svg .*?<\/svg>/gs), ([svg]) => svg);
  const found = charts.find((svg) => svg.includes(`aria-label="${start}`));
  if (found === undefined) throw new Error(`no chart is described by ${start}`);
  return found;
}

describe('the ranking table', () => {
  test('has a row for each policy in their order, with four digits', () => {
    const rows = rankingRows(page);
    expect(rows.map(([policy]) => policy)).toEqual(run.table.map(({ policy }) => policy));
    expect(rows[0]).toEqual(['Random', '0.5500', '0.5600', '0.5700', '0.6000', '0.6500', '0.7000']);
  });

  test('prints the best of each column bold: never the oracle, and both of two that print alike', () => {
    const bold = (text: string) => `<strong>${text}</strong>`;
    const [, popularity, , factorization, drr, oracle] = rankingRows(page);
    expect(popularity?.[3]).toBe(bold('0.6500'));
    expect(factorization).toEqual([
      'Matrix factorisation',
      bold('0.6933'),
      '0.6700',
      '–',
      bold('0.8000'),
      '0.8110',
      '0.8000',
    ]);
    expect(drr).toEqual([
      'DRR (residual)',
      bold('0.6933'),
      bold('0.6800'),
      '–',
      '0.7900',
      bold('0.8120'),
      bold('0.8300'),
    ]);
    expect(oracle?.join(' ')).not.toContain('strong');
  });

  test('shows a dash for what is null, not finite or not there, and then nothing is best', () => {
    const broken: TableRow = {
      ...{ policy: 'Broken', role: 'baseline' },
      precision: { 5: NaN, 10: null },
      ndcg: { 5: 0, 10: Infinity },
    };
    const rows = rankingRows(renderReport({ ...run, table: [broken] }));
    expect(rows).toEqual([['Broken', '–', '–', '–', '<strong>0.0000</strong>', '–', '–']]);
  });

  test('highlights what was trained and grays the oracle by their roles, whatever they are called', () => {
    const classes = (text: string) => Array.from(text.matchAll(/<tr class="(\w+)">/g), (match) => match[1]);
    expect(classes(page)).toEqual([
      ...['baseline', 'baseline', 'baseline', 'reference', 'trained', 'oracle'],
    ]);
    const roles = ['oracle', 'baseline', 'trained', 'reference'] as const;
    const table = roles.map((role, place) =>
      rowOf(['Limit', 'DRR', 'Mine', 'Oracle'][place]!, [1], [1], role),
    );
    expect(classes(renderReport({ ...run, table }))).toEqual(roles);
  });

  test('says so where no policy was evaluated', () => {
    const text = renderReport({ ...run, table: [] });
    expect(text).toContain('No policy was evaluated.');
    expect(text).not.toContain('Grouped bars');
  });
});

describe('the bars', () => {
  const barsOf = (svg: string) =>
    Array.from(svg.matchAll(/<path [^>]*fill="var\((.*?)\)"/g), (match) => match[1]);

  test('are drawn in the colors of the policies, and not where there is no value', () => {
    const colors = ['baseline-1', 'baseline-2', 'baseline-3', 'baseline-4', 'trained', 'oracle'];
    const count = (bars: (string | undefined)[]) =>
      colors.map((c) => bars.filter((bar) => bar === `--${c}`).length);
    expect(count(barsOf(chart(page, 'Grouped bars of NDCG')))).toEqual([3, 3, 3, 3, 3, 3]);
    expect(count(barsOf(chart(page, 'Grouped bars of Precision')))).toEqual([3, 3, 3, 2, 2, 3]);
  });

  test('bear their values', () => {
    const labels = Array.from(chart(page, 'Grouped bars of Precision').matchAll(/>(\d\.\d{4})<\/text>/g));
    expect(labels.map((label) => label[1]).sort()).toEqual(
      run.table.flatMap(({ precision }) => [5, 10, 20].flatMap((k) => precision[k]?.toFixed(4) ?? [])).sort(),
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
      table: [rowOf(evil, [1, 1, 1], [1, 1, 1])],
    });
    expect(text).not.toMatch(/<script|alert\("|& '/);
    const escaped = '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;';
    // The title, the headline, the dataset, an option's name and value, the table and the legend.
    expect(text.split(escaped)).toHaveLength(8);
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
    expect(boxes).toHaveLength(6);
    for (const box of boxes) {
      expect(box?.width).toBeGreaterThan(300);
      expect(box?.height).toBeGreaterThan(150);
    }
  });

  test('has the cells of the table', async () => {
    const cells = `Array.from(document.querySelector('.ranking').rows, (row) => Array.from(row.cells, (cell) => cell.innerText))`;
    expect(await tab.evaluate(cells)).toEqual([
      ['Policy', 'P@5', 'P@10', 'P@20', 'NDCG@5', 'NDCG@10', 'NDCG@20'],
      ['Random', '0.5500', '0.5600', '0.5700', '0.6000', '0.6500', '0.7000'],
      ['Popularity', '0.6300', '0.6400', '0.6500', '0.7000', '0.7500', '0.7800'],
      ['Item mean', '0.6600', '0.6500', '0.6400', '0.7600', '0.7800', '0.8100'],
      ['Matrix factorisation', '0.6933', '0.6700', '–', '0.8000', '0.8110', '0.8000'],
      ['DRR (residual)', '0.6933', '0.6800', '–', '0.7900', '0.8120', '0.8300'],
      ['Oracle', '0.9000', '0.8700', '0.6500', '1.0000', '1.0000', '1.0000'],
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
  const played = renderReport({
    ...run,
    table: run.table.map((row) =>
      row.policy === 'Oracle' ? row : { ...row, session: { reward: -0.0613, length: 13.42 } },
    ),
  });
  const section = /<h2>Sessions<\/h2>.*?<\/section>/s.exec(played)![0];
  expect(rankingRows(section)).toHaveLength(run.table.length - 1);
  expect(rankingRows(section)[0]).toEqual(['Random', '−0.0613', '13.4']);
  expect(chart(section, 'Bars of the session reward')).toContain('-0.0613');
});
