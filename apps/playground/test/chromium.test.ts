import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadRecommender, tarStorage } from '@rl-recsys/recommender';
import { findPageFaults, whereChromiumIs } from '@rl-recsys/testing';
import type { Page } from 'puppeteer-core';
import { Driver, inPhase, isReady, press, problems, says, slide, stepOf, textOf } from './driver.js';

/** What of a recommender that ranks by vectors is looked at. */
interface VectorParts {
  readonly policy: {
    score(
      observation: { user: number; history: Int32Array; rewards: Float32Array; candidates: Int32Array },
      items: Int32Array,
      scores: Float32Array,
    ): void;
  };
}

/** Where pictures of the page go; none are taken where it is not set. */
const pictures = process.env['RL_RECSYS_SCREENSHOTS'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A short run of the small world: it is the page that is tested here. */
const SHOP = '#world=shop&steps=2048&until=512';

whereChromiumIs((executablePath) => {
  let driver: Driver;
  let page: Page;

  beforeAll(async () => {
    driver = await Driver.start(executablePath);
    page = await driver.open(SHOP);
  }, 120_000);

  afterAll(() => driver?.close());

  test('a link trains to where it was shared, with two threads, and tells all of it', async () => {
    await inPhase(page, 'paused');
    expect(await stepOf(page)).toBe(512);
    expect(await textOf(page, 'footer')).toContain('Computed by two threads.');
    expect(await textOf(page, '.pg-verdict')).toMatch(/^A session earns [\d.−]+/);
    await page.waitForSelector('.pg-step');
    expect(await textOf(page, '.pg-why-place')).toMatch(/Why step 1.*score.*Q.*Gates.*Residual/s);
    const metrics = await page.$$eval('[data-metric]', (cards) =>
      cards.map((card) => card.getAttribute('data-metric')),
    );
    for (const name of ['sessionReward', 'criticLoss', 'priorities', 'tdErrors', 'gate/ratings', 'epsilon'])
      expect(metrics).toContain(name);
    expect(await problems(page)).toEqual([]);
  }, 120_000);

  test('the reader is the user, and is rated for', async () => {
    await press(page, 'Sit down');
    await page.waitForSelector('.pg-play-item');
    const [first, topics] = [await textOf(page, '.pg-play-item'), await textOf(page, '.pg-topics')];
    await page.click('[data-stars="5"]');
    await says(page, '.pg-play .lv-chips', '★★★★★');
    expect(await textOf(page, '.pg-play-item')).not.toBe(first);
    expect(await textOf(page, '.pg-topics')).not.toBe(topics);
  }, 60_000);

  test('the keyboard reaches all, in the order of the page, and does all', async () => {
    const reached: unknown[] = [];
    await page.click('h1');
    const all = (await page.evaluate(
      `(window.controls = [...document.querySelectorAll('button, input, select, summary, [tabindex="0"]')].filter((each) => each.checkVisibility() && !each.disabled)).length`,
    )) as number;
    for (let place = 0; place < all; place++) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate('controls.indexOf(document.activeElement)'));
    }
    expect(reached).toEqual(Array.from({ length: all }, (_, place) => place));
    await page.focus('.pg-steps li:nth-child(2) button');
    await page.keyboard.press('Space');
    expect(await textOf(page, '.pg-why-place h3')).toBe('Why step 2');
    await page.focus('[data-stars="3"]');
    await page.keyboard.press('Enter');
    await says(page, '.pg-play .lv-chips', '★★★☆☆');
    await page.focus('select[name=world]');
    await page.keyboard.press('ArrowUp'); // a world is begun by a button alone
    expect(await page.$eval('select[name=world]' as 'select', ({ value }) => value)).toBe('moving-taste');
    await page.keyboard.press('ArrowDown');
    expect(await stepOf(page)).toBe(512);
  }, 60_000);

  test.each([375, 1440].flatMap((width) => ['light', 'dark'].map((value) => [width, value] as const)))(
    'is readable, and reachable by all, at %d pixels in a %s page',
    async (width, value) => {
      await page.setViewport({ width, height: width === 375 ? 740 : 900 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      expect(await page.evaluate(findPageFaults)).toEqual({ sideways: 0, tiny: [], faint: [], nameless: [] });
      await page.evaluate(`window.axe ?? (${JSON.stringify(axe)}, eval)(${JSON.stringify(axe)})`);
      const violations = (await page.evaluate(
        `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html.slice(0, 120)) })))`,
      )) as { readonly impact: string }[];
      expect(violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))).toEqual([]);
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      const path = join(pictures, `playground-${width}-${value}.webp`) as `${string}.webp`;
      await page.screenshot({ path, type: 'webp', quality: 80, fullPage: true });
    },
    60_000,
  );

  test('its recommender, downloaded, gives the same items with the same scores in Node', async () => {
    await page.setViewport({ width: 1440, height: 900 });
    await page.select('select[name=seat]', '3');
    await press(page, 'Sit down');
    await says(page, '.pg-play-card', 'customer-4, item 1');
    const shown = await page.$$eval('.pg-play .pg-why tbody tr', (rows) =>
      rows.map((row) => ({
        item: row.getAttribute('data-item')!,
        score: Number(row.getAttribute('data-score')),
      })),
    );
    expect(shown.length).toBeGreaterThanOrEqual(5);
    const file = await driver.download(page);
    expect(basename(file)).toBe('shop-seed-1-step-512.tar');
    expect(await textOf(page, '.pg-share pre')).toContain(
      '--run shop-seed-1-step-512.tar --user customer-1 -k 10',
    );
    const recommender = await loadRecommender(tarStorage(readFileSync(file)));
    const { policy, items, users, log } = recommender.parts as VectorParts & typeof recommender.parts;
    const all = Int32Array.from({ length: log.itemCount }, (_, item) => item);
    const scores = new Float32Array(all.length);
    const nothing = { history: new Int32Array(10).fill(-1), rewards: new Float32Array(10) };
    policy.score({ user: users.indexOf('customer-4')!, ...nothing, candidates: all }, all, scores);
    for (const { item, score } of shown) expect(scores[items.indexOf(item)!]).toBeCloseTo(score, 4);
    const best = items.idOf(scores.indexOf(Math.max(...scores)));
    expect(best).toBe(shown[0]!.item);
  }, 60_000);

  test('a knob that is turned is in the link, and the link gives the same run again, to the digit', async () => {
    await slide(page, 'gamma', '0.4');
    await press(page, 'Go on');
    await page.waitForFunction(`document.querySelector('.pg-place').textContent.startsWith('1')`);
    await press(page, 'Pause');
    await inPhase(page, 'paused');
    await press(page, 'Copy a link to this');
    await page.waitForFunction(`location.hash.includes('turns=512~0.4,auto,1')`);
    const step = await stepOf(page);
    const measured = await page.$eval('.pg-earned', (each) => each.getAttribute('data-drr'));
    const other = await driver.open(new URL(page.url()).hash);
    await inPhase(other, 'paused');
    expect(await stepOf(other)).toBe(step);
    expect(await other.$eval('.pg-earned', (each) => each.getAttribute('data-drr'))).toBe(measured);
    expect(await other.$eval('input[name=gamma]' as 'input', ({ value }) => value)).toBe('0.4');
    // Two tabs of a page would write over one another.
    expect(await problems(other)).toEqual([expect.stringMatching(/^Another tab of this page keeps its run/)]);
    await other.close();
  }, 120_000);

  test('a tab that is closed loses nothing: its run is offered again, and goes on', async () => {
    const step = await stepOf(page);
    await page.waitForSelector(`.pg-share[data-kept="${step}"]`);
    const link = new URL(page.url()).hash;
    await page.close();
    page = await driver.open(link); // nor does whoever follows a link
    await page.waitForSelector('.pg-found:not([hidden])');
    expect(await textOf(page, '.pg-found')).toMatch(/You have a run here.*Open the link instead/s);
    await press(page, 'Go on with it');
    await inPhase(page, 'done');
    expect(await textOf(page, '.pg-place')).toMatch(/^2,0\d\d of 2,048 items shown/);
    expect(await textOf(page, '.pg-verdict')).toMatch(/^A session earns/);
    await page.waitForSelector(`.pg-share[data-kept="${await stepOf(page)}"]`);
  }, 120_000);

  test('ratings of the reader’s own are trained on, and what can’t be read is refused in a sentence', async () => {
    await page.close();
    page = await driver.open('#world=file&steps=60000');
    await says(page, '.pg-found', 'Open the link instead');
    await press(page, 'Open the link instead');
    await says(page, '.pg-status', 'Drop the same file.');
    for (const [name, bytes, words, helps] of refused) {
      await driver.give(page, name, bytes);
      const told = await says(page, '.pg-file .pg-problem', name);
      expect(told).toMatch(words);
      const buttons = await page.$$eval('.pg-file .pg-problem button', (all) =>
        all.map(({ textContent }) => textContent),
      );
      expect(buttons).toEqual(helps);
    }
    await driver.give(page, 'commas.csv', commas);
    await says(page, '.pg-file .pg-problem', 'commas.csv');
    await press(page, 'Read 2,5 as a number');
    await says(page, '.pg-about', 'Your ratings, commas.csv');
    await inPhase(page, 'training');
    await says(page, '.pg-verdict', 'A session earns');
    // What is refused does not end what is trained.
    await driver.give(page, 'row.csv', `${csv(sound)}u1,i2,many\n`);
    await says(page, '.pg-file .pg-problem', 'row.csv');
    await says(page, '.pg-run .pg-primary', 'Pause');
    expect(await textOf(page, '.pg-about')).toContain('commas.csv');
  }, 120_000);

  test('without a network it opens again while it trains, and goes on', async () => {
    await says(page, 'footer', 'Works offline');
    await press(page, 'Pause'); // which keeps it now
    await inPhase(page, 'paused');
    await page.waitForSelector(`.pg-share[data-kept="${await stepOf(page)}"]`);
    await press(page, 'Go on');
    await inPhase(page, 'training');
    driver.site.close();
    await page.setOfflineMode(true);
    await page.reload();
    await page.waitForSelector('.pg-found:not([hidden])');
    await press(page, 'Go on with it');
    await says(page, '.pg-about', 'commas.csv'); // the file was kept with the run
    await inPhase(page, 'training');
    await press(page, 'Pause');
    await inPhase(page, 'paused');
    expect(await problems(page)).toEqual([]);
    await isReady(page);
  }, 60_000);

  test('nothing was said in the console, and nobody else was asked for anything', () => {
    expect(driver.heard.filter((each) => !each.includes('net::ERR_'))).toEqual([]);
  });
});

const csv = (rows: readonly string[]) => `user,item,rating\n${rows.join('\n')}\n`;
const sound = Array.from(
  { length: 1200 },
  (_, row) => `u${row % 40},i${(row * 7) % 41},${1 + ((row * row) % 5)}`,
);
const commas = csv(sound).replaceAll(',', ';').replace(';1\n', ';1,5\n');

/** What users had trouble with: what is said, and what is offered. */
const refused: readonly (readonly [string, string | Uint8Array, RegExp, readonly string[]])[] = [
  ['row.csv', `${csv(sound)}u1,i2,many\n`, /^row.csv, line 1202: expected a number/, []],
  [
    'old.csv',
    Buffer.from(`${csv(sound)}René,i2,3\n`, 'latin1'),
    /^old.csv, line 1202: expected text in UTF-8/,
    ['Read it as latin1'],
  ],
  ['commas.csv', commas, /^commas.csv, line \d+: expected a number.*"1,5"/, ['Read 2,5 as a number']],
  ['empty.csv', '', /^empty.csv: expected a header line, got an empty file/, []],
  ['book.csv', Uint8Array.of(0x50, 0x4b, 3, 4), /expected text, got a zip archive/, []],
  ['book.xlsx', 'user,item', /^book.xlsx: expected an ending among csv, tsv/, []],
  ['book.parquet', 'PAR1', /^book.parquet: expected CSV, TSV or JSON, got Parquet/, []],
  ['items.csv', 'item,title\ni0,Title 0\n', /^items.csv: choose the column that users are in and/, []],
  [
    'likes.csv',
    'user,item,click\nu0,i28,1\n',
    /^likes.csv: choose the column that ratings are in.*likes/,
    [],
  ],
  [
    'same.csv',
    csv(sound.map((row) => row.replace(/\d$/, '1'))),
    /^same.csv: expected ratings that differ/,
    [],
  ],
  [
    'four.csv',
    csv(sound.slice(0, 160)),
    /^four.csv: expected users with 6 ratings or more.*the most that one has is 4/,
    [],
  ],
];
