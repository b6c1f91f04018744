import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { launch, type Browser, type Page } from 'puppeteer-core';
import type { TrainingMetrics } from '@rl-recsys/agent';
import { findPageFaults, whereChromiumIs } from '@rl-recsys/testing';
import type { Difference, PolicyRole, Table, TableRow, Verdict } from '../src/run/table.js';
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
  ...{ rows, differences: [], verdicts: [], advice: [] },
});

const difference = (changes: Partial<Difference>): Difference =>
  ({
    ...{ of: 'fullRanking', measure: 'ndcg', policy: 'Matrix factorisation', role: 'block' },
    difference: { mean: -0.0123, low: -0.02, high: 0.00004 },
    ...changes,
  }) as Difference;

const verdict = (changes: Partial<Verdict>): Verdict =>
  ({
    ...{ of: 'session', measure: 'reward', policy: 'Matrix factorisation', own: 6.41, other: 4.55 },
    difference: { mean: 1.86, low: 1.61, high: 2.14 },
    ...changes,
  }) as Verdict;

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
  facts: {
    command: 'npm run train -- --dataset ml-100k',
    ...{ startedAt: '2026-11-29T12:30:00.000Z', seconds: 192.4 },
    versions: { 'Node.js': '20.20.2' },
    machine: 'a processor, 2 cores',
    dataset: { name: 'MovieLens 100k', users: 943, items: 1682, ratings: 100_000 },
  },
  examples: [
    { user: 'user-7', liked: ['Alien (1979)'], recommended: ['Aliens (1986)', 'Blade Runner (1982)'] },
    { user: 'user-9', liked: [], recommended: ['Fargo (1996)'] },
  ],
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
    verdicts: [verdict({})],
    advice: ['For lists of 10 use Matrix factorisation & rest.'],
  },
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
  /** Of each bar its policy, length and value. */
  const barsOf = (text: string, heading: string) => {
    const figure = new RegExp(`<figcaption>${heading}</figcaption>.*?</figure>`, 's').exec(text)![0];
    return Array.from(
      figure.matchAll(
        /class="name">(.*?)<.*?width: ([\d.]+)%; --color: var\((.*?)\).*?class="value">(.*?)</gs,
      ),
      ([, ...parts]) => parts,
    );
  };

  test('are as long as their values, in the colors of the policies, and none where there is no value', () => {
    // Without the oracle, beside which all others would be too low to tell apart.
    expect(barsOf(page, 'NDCG@10')).toEqual([
      ['Random', '8.5', '--baseline-1', '0.0110'],
      ['Popularity', '76.9', '--baseline-2', '0.1000'],
      ['Item mean', '30.8', '--baseline-3', '0.0400'],
      ['Matrix factorisation', '92.3', '--baseline-4', '0.1200'],
      ['DRR (residual)', '100.0', '--trained', '0.1300'],
    ]);
    expect(barsOf(page, 'hit rate@10').map(([, width, , value]) => [width, value])).toEqual([
      ...[['25.0', '0.1000'], ['0.0', '–'], ['0.0', '–'], ['0.0', '–'], ['100.0', '0.4000']], // prettier-ignore
    ]);
  });
});

describe('the verdict', () => {
  const textOf = (table: Table) =>
    sectionOf(renderReport({ ...run, table }), 'Verdict')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
  const judged = (...verdicts: Verdict[]) => textOf({ ...run.table, verdicts });

  test('comes first, and says what was trained earns over the best of all others', () => {
    expect(page.indexOf('<h2>Verdict</h2>')).toBeLessThan(page.indexOf('<h2>Recommending</h2>'));
    expect(judged(verdict({}))).toContain(
      'A session with DRR (residual) earns 41 % more than one with Matrix factorisation. ' +
        'Reward of a session: 6.41 of DRR (residual), 4.55 of Matrix factorisation; +1.86 (95 %: +1.61 to +2.14).',
    );
  });

  test('says in plain words where it loses, and where that can’t be told', () => {
    const lost = { own: 0.173, other: 0.285, difference: { mean: -0.112, low: -0.126, high: -0.099 } };
    expect(judged(verdict({ of: 'fullRanking', measure: 'ndcg', ...lost }))).toContain(
      'For lists from the whole catalogue DRR (residual) loses: Matrix factorisation ranks better. Use Matrix factorisation there. ' +
        'NDCG@10: 0.1730 of DRR (residual), 0.2850 of Matrix factorisation; −0.1120 (95 %: −0.1260 to −0.0990).',
    );
    expect(judged(verdict(lost))).toContain(
      'DRR (residual) loses: a session with Matrix factorisation earns more.',
    );
    const open = { difference: { mean: 0.1, low: -0.2, high: 0.4 } };
    expect(judged(verdict(open))).toContain('can’t be told: it may be chance.');
    expect(judged()).toContain('Nothing could be compared');
  });

  test('names no share where that would mean nothing', () => {
    expect(judged(verdict({ own: 1, other: -2, difference: { mean: 3, low: 2, high: 4 } }))).toContain(
      'A session with DRR (residual) earns more than one with Matrix factorisation.',
    );
  });
});

test('users of the log are shown with titles, and how the run was made with its command', () => {
  const users = sectionOf(page, 'Some users').replace(/\s+/g, ' ');
  expect(users).toContain('<h3>user-7</h3>');
  expect(users).toContain('<li>Alien (1979)</li>');
  expect(users).toContain('<li>Blade Runner (1982)</li>');
  const made = sectionOf(page, 'How it was made');
  expect(made).toContain('<code>npm run train -- --dataset ml-100k</code>');
  expect(made).toContain('2026-11-29, 12:30 UTC');
  expect(made).toContain('a processor, 2 cores');
});

describe('the curves', () => {
  const curveOf = (svg: string) =>
    /<path d="([^"]*)" fill="none"[^>]*stroke="var\(--trained\)"/.exec(svg)?.[1]?.match(/[ML]/g)?.join('');

  test('say where they begin and end', () => {
    expect(page).toContain('aria-label="Curve of reward of a step: 0.2 at step 1,000 to 0.5 at step 4,000."');
    expect(page).toContain('aria-label="Curve of actor loss: −2 at step 2,000 to −4 at step 4,000."');
  });

  test('leave gaps where there is no value', () => {
    expect(curveOf(chart(page, 'Curve of reward of a step'))).toBe('MLLL');
    expect(curveOf(chart(page, 'Curve of critic loss'))).toBe('MLL');
    const metrics = [100, 200, 300, 400, 500, 600, 700, 800].map((step) =>
      lineAt(step, step === 500 ? { criticLoss: null } : step === 600 ? { criticLoss: NaN } : {}),
    );
    expect(curveOf(chart(renderReport({ ...run, metrics }), 'Curve of critic loss'))).toBe('MLLLML');
  });

  test('mark a single point, which no line would show', () => {
    const svg = chart(
      renderReport({ ...run, metrics: [lineAt(10)] }),
      'Curve of reward of a step: 0.101 at step 10.',
    );
    expect(svg.match(/<path [^>]*fill="var\(--trained\)"/g)).toHaveLength(1);
  });

  test('give way to words where there is nothing to draw', () => {
    const early = renderReport({ ...run, metrics: run.metrics.slice(0, 1) });
    expect(early.match(/No values in this run\./g)).toHaveLength(2);
    expect(early.match(/aria-label="Curve of/g)).toHaveLength(2 * 5); // of each a wide and a narrow one
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
      facts: { ...run.facts, command: evil, machine: evil, dataset: { ...run.facts.dataset!, name: evil } },
      table: {
        ...tableOf([rowOf(evil, [1], [1], 'trained')]),
        differences: [difference({ policy: evil })],
        verdicts: [verdict({ policy: evil })],
        advice: [evil],
      },
      examples: [{ user: evil, liked: [evil], recommended: [evil] }],
    });
    expect(text).not.toMatch(/<script|alert\("|& '/);
    const escaped = '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;';
    // In the title, the headline, the verdict, tables, bars, advice, users, options, the command, …
    expect(text.split(escaped).length).toBeGreaterThan(20);
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
    const options = page.slice(page.lastIndexOf('<table class="options">'));
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
    expect(renderReport({ ...run, facts: { ...run.facts, seconds } })).toContain(`<dd>${expected}</dd>`);
  });
});

/** Where pictures of the page go; none are taken where it is not set. */
const pictures = process.env['RL_RECSYS_SCREENSHOTS'];

whereChromiumIs(inChromium);

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

  test('shows each chart once, in the size that fits', async () => {
    for (const width of [375, 1600]) {
      await tab.setViewport({ width, height: 800 });
      const charts = await tab.$$('figure svg[role=img][aria-label]');
      const boxes = (await Promise.all(charts.map((svg) => svg.boundingBox()))).filter((box) => box !== null);
      expect(boxes).toHaveLength(7);
      for (const box of boxes) expect(box.height).toBeGreaterThan(150);
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

  test.each([375, 800, 1600].flatMap((width) => ['light', 'dark'].map((value) => [width, value] as const)))(
    'is readable at %d pixels in a %s page',
    async (width, value) => {
      await tab.setViewport({ width, height: width === 375 ? 740 : 900 });
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      expect(await tab.evaluate(findPageFaults)).toEqual({ sideways: 0, tiny: [], faint: [], nameless: [] });
      // Nothing of a table is cut, so that nobody must find out that it can be scrolled.
      const cut = `Math.max(...Array.from(document.querySelectorAll('.scroll'), (each) => each.scrollWidth - each.clientWidth))`;
      expect(await tab.evaluate(cut)).toBe(0);
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      const path = join(pictures, `report-${width}-${value}.webp`) as `${string}.webp`;
      await tab.screenshot({ path, type: 'webp', quality: 80, fullPage: true });
    },
  );
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
  expect(section.match(/<li class="/g)).toHaveLength(2 * (rows.length - 1));
  expect(section).toContain('<span class="value">−0.0613</span>');
  expect(section).toContain('<span class="value">13.4</span>');
  expect(section).toMatch(/<span class="bar negative" style="width: 100\.0%/);
  expect(rowsOf(section, 'differences')).toEqual([
    ['Matrix factorisation, the best single block', '+1.50 (+1.28 to +1.73)'],
  ]);
});
