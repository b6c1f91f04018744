import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadRecommender, tarStorage } from '@rl-recsys/recommender';
import { findPageFaults, whereChromiumIs } from '@rl-recsys/testing';
import type { Page } from 'puppeteer-core';
import { Driver, inPhase, press, problems, says, stepOf, textOf } from './driver.js';

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

  test('nothing was said in the console, and nobody else was asked for anything', () => {
    expect(driver.heard).toEqual([]);
  });
});
