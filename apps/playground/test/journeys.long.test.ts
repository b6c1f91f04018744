import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { whereChromiumIs } from '@rl-recsys/testing';
import type { Page } from 'puppeteer-core';
import { Driver, inPhase, press, problems, says, slide, stepOf, textOf } from './driver.js';

whereChromiumIs((executablePath) => {
  let driver: Driver;

  beforeAll(async () => {
    driver = await Driver.start(executablePath);
  }, 60_000);

  afterAll(() => driver?.close());

  /** What a session earns by now, and with the best of those who look no further than the next item. */
  const earned = (page: Page) =>
    page.$eval('section.pg-earned', ({ dataset }) => [Number(dataset['drr']), Number(dataset['best'])]);

  test('the default world is trained above all that look no further, closed in the middle, and goes on', async () => {
    let page = await driver.open();
    await page.waitForSelector('.pg-run .pg-primary:not(:disabled)');
    await press(page, 'Start');
    await page.waitForFunction(
      () => {
        const { drr, best } = (document.querySelector('.pg-earned') as HTMLElement).dataset;
        return Number(drr) > Number(best) + 0.5;
      },
      { timeout: 280_000 },
    );
    expect(await stepOf(page)).toBeLessThan(24_000);
    await page.waitForSelector('.pg-share[data-kept]');
    await page.close();
    page = await driver.open();
    await says(page, '.pg-found', 'You have a run here.');
    await press(page, 'Go on with it');
    await inPhase(page, 'training');
    const [drr, best] = await earned(page);
    expect(drr).toBeGreaterThan(best! + 0.5);
    await press(page, 'Pause');
    await inPhase(page, 'paused');
    await page.close();
  }, 400_000);

  test('what is turned and closed while it trains gives what the link gives, to the digit', async () => {
    let page = await driver.openApart('#world=shop&seed=3&steps=8192&until=1024');
    await inPhase(page, 'paused');
    const before = await earned(page);
    await slide(page, 'boredom', '3');
    await page.waitForFunction(
      (best) => document.querySelector<HTMLElement>('.pg-earned')!.dataset['best'] !== best,
      {},
      String(before[1]),
    );
    await press(page, 'Go on');
    await page.waitForFunction(
      `Number(document.querySelector('.pg-place').textContent.replace(/ .*|,/g, '')) > 2000`,
    );
    await slide(page, 'gamma', '0.5');
    await press(page, 'Pause');
    await inPhase(page, 'paused');
    await page.waitForSelector(`.pg-share[data-kept="${await stepOf(page)}"]`);
    const visitor = page.browserContext();
    await page.close();
    page = await driver.open('', { by: visitor });
    await says(page, '.pg-found', 'You have a run here.');
    await press(page, 'Go on with it');
    await inPhase(page, 'done');
    const after = await earned(page);
    expect(after[1]).not.toBe(before[1]);
    await press(page, 'Copy a link to this');
    await page.waitForFunction(`/turns=1024~0.9,auto,3_\\d+~0.5,auto,3&?$/.test(location.hash)`);
    const other = await driver.openApart(new URL(page.url()).hash);
    await inPhase(other, 'done');
    expect(await earned(other)).toEqual(after);
    for (const each of [page, other])
      expect(await each.$eval('input[name=boredom]' as 'input', ({ value }) => value)).toBe('3');
    await other.close();
    await page.close();
  }, 300_000);

  test('ratings like those of MovieLens 100K are trained on, and kept in the middle', async () => {
    const page = await driver.openApart('#world=ratings&until=4096');
    await inPhase(page, 'paused');
    expect(await textOf(page, '.pg-about')).toMatch(/1,000 users, 800 items, 80,833 ratings/);
    const [drr, best] = await earned(page);
    expect(drr).toBeGreaterThan(best! - 0.1);
    expect(await problems(page)).toEqual([]);
    await page.close();
  }, 300_000);

  test('nothing was said in the console, and nobody else was asked for anything', () => {
    expect(driver.heard).toEqual([]);
  });
});
