import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findPageFaults, whereChromiumIs } from '@rl-recsys/testing';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { startWatching } from '../src/watch/server.js';
import { residualOptions } from './residual-shop.js';
import { runCli, temporaryFolder, writeShop } from './shop.js';

/** A folder of runs to look at; where it is not set a small one is trained. */
const given = process.env['RL_RECSYS_RUNS'];
/** Where pictures of the pages go; none are taken where it is not set. */
const pictures = process.env['RL_RECSYS_SCREENSHOTS'];

const sizes = [375, 800, 1600].flatMap((width) => ['light', 'dark'].map((value) => [width, value] as const));

whereChromiumIs((executablePath) => {
  let runs: string;
  let browser: Browser;
  let page: Page;
  const heard: string[] = [];

  beforeAll(async () => {
    if (given === undefined) {
      const folder = temporaryFolder();
      writeShop(folder);
      const options = [...residualOptions, '--steps', '960', '--session-length', '5'];
      expect(await runCli(folder, 'train', ...options, '--quiet')).toMatchObject({ code: 0 });
      runs = join(folder, 'runs');
    } else {
      runs = given;
    }
    browser = await launch({ executablePath, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => heard.push(`page error: ${String(error)}`));
  }, 240_000);
  afterAll(() => browser?.close());

  /** Looks at the page as it is, and takes a picture of what a screen shows of it. */
  const look = async (name: string, width: number, value: string) => {
    await page.setViewport({ width, height: width === 375 ? 812 : Math.min(1000, width) });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
    expect(await page.evaluate(findPageFaults)).toEqual({ sideways: 0, tiny: [], faint: [], nameless: [] });
    expect(heard).toEqual([]);
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    const path = join(pictures, `${name}-${width}-${value}.webp`) as `${string}.webp`;
    await page.screenshot({ path, type: 'webp', quality: 75 });
  };

  describe('the live page of runs as they were trained', () => {
    let server: Awaited<ReturnType<typeof startWatching>>;
    beforeAll(async () => {
      server = await startWatching({ folders: [runs], port: 0 });
      await page.goto(server.url);
      await page.waitForSelector('.lv-session table');
    }, 60_000);
    afterAll(() => server.close());

    test('has what DRR tells, and a session with what made its scores', async () => {
      const cards = (await page.evaluate(
        `Array.from(document.querySelectorAll('[data-metric]'), (card) => card.dataset.metric)`,
      )) as string[];
      expect(cards).toEqual(
        expect.arrayContaining([
          'reward',
          'criticLoss',
          'meanQ',
          'candidateEntropy',
          'residualSize',
          'tdErrors',
        ]),
      );
      expect(cards.some((name) => name.startsWith('gate/'))).toBe(true);
      expect((await page.$$('.lv-parts span')).length).toBeGreaterThan(3);
    });

    test.each(sizes)('is readable at %d pixels in a %s page', (width, value) => look('live', width, value));
  });

  describe('the report of one of them', () => {
    beforeAll(async () => {
      heard.length = 0; // the live page tells that its server is gone
      const run = readdirSync(runs).find((name) => existsSync(join(runs, name, 'report.html')))!;
      await page.goto(pathToFileURL(join(runs, run, 'report.html')).href);
    });

    test('begins with the verdict', async () => {
      expect(await page.evaluate(`document.querySelector('h2').textContent`)).toBe('Verdict');
    });

    test.each(sizes)('is readable at %d pixels in a %s page', (width, value) => look('report', width, value));
  });
});
