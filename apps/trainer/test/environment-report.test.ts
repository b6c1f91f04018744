import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TrainingMetrics } from '@rl-recsys/agent';
import { findPageFaults, whereChromiumIs } from '@rl-recsys/testing';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { renderEnvironmentReport } from '../src/report/environment-report.js';
import { returnsOf } from '../src/run/returns.js';

const lineAt = (step: number): TrainingMetrics => ({
  ...{ step, episodes: step / 200, reward: -6 + step / 1000, episodeReturn: -1200 + step / 5 },
  ...{ episodeLength: 200, figures: { criticLoss: 100 / step }, histograms: {} },
  ...{ seconds: step / 500, stepsPerSecond: 500 },
});

const played = [
  ['random actions', [-1200, -1300, -1100]],
  ['best fixed list', [-900, -1100, -1000]],
  ['td3', [-140, -160, -150]],
] as const;
const returns = returnsOf(played, () => ({ mean: 850, low: 740, high: 960 }));

const pageOf = (given: Partial<Parameters<typeof renderEnvironmentReport>[0]> = {}) =>
  renderEnvironmentReport({
    ...{ name: 'pendulum', environment: 'pendulum-v1.js', options: { steps: 3000, env: 'pendulum-v1.js' } },
    facts: {
      command: 'npm run train -- --env pendulum-v1.js',
      ...{ startedAt: '2026-11-29T12:30:00.000Z', seconds: 62.4 },
      ...{ versions: { 'Node.js': '20.20.2' }, machine: 'a processor, 2 cores', dataset: null },
    },
    metrics: [1000, 2000, 3000].map(lineAt),
    returns,
    ...given,
  });

test('what was trained is compared with the best of all others, by means and deviations of the sample', () => {
  const compared: number[][] = [];
  const { episodes, rows, verdict } = returnsOf(played, (own, other) => {
    compared.push([...own], [...other]);
    return { mean: 850, low: 740, high: 960 };
  });
  expect(episodes).toBe(3);
  expect(rows[1]).toEqual({
    agent: 'best fixed list',
    ...{ mean: -1000, deviation: 100, least: -1100, most: -900 },
  });
  expect(compared).toEqual([
    [-140, -160, -150],
    [-900, -1100, -1000],
  ]);
  expect(verdict).toMatchObject({ agent: 'best fixed list', own: -150, other: -1000 });
});

test('the verdict comes first, in plain words, also where it is lost or open', () => {
  const headlineOf = (low: number, high: number) => {
    const verdict = { ...returns.verdict, difference: { mean: (low + high) / 2, low, high } };
    const page = pageOf({ returns: { ...returns, verdict } });
    expect(page.indexOf('<h2>')).toBe(page.indexOf('<h2>Verdict</h2>'));
    return /<p class="headline">([^<]*)</.exec(page)![1];
  };
  expect(headlineOf(740, 960)).toBe('An episode of td3 earns more than one of best fixed list.');
  expect(headlineOf(-9, -1)).toBe('td3 loses: an episode of best fixed list earns more.');
  expect(headlineOf(-1, 9)).toContain('it may be chance');
  expect(pageOf().replace(/\s+/g, ' ')).toContain(
    'Mean return: −150 of td3, −1,000 of best fixed list; +850 (95 %: +740 to +960).',
  );
});

test('the same input gives the same page, and nothing of it is taken for HTML', () => {
  expect(pageOf()).toBe(pageOf());
  const page = pageOf({ name: '<b>', environment: '"><script>' });
  expect(page).not.toMatch(/<b>|<script>/);
});

whereChromiumIs((executablePath) => {
  const folder = mkdtempSync(join(tmpdir(), 'environment-report-'));
  const file = join(folder, 'report.html');
  const pictures = process.env['RL_RECSYS_SCREENSHOTS'];
  let browser: Browser;
  let tab: Page;

  beforeAll(async () => {
    writeFileSync(file, pageOf());
    browser = await launch({ executablePath, args: ['--no-sandbox'] });
    tab = await browser.newPage();
    await tab.goto(pathToFileURL(file).href);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  test.each([375, 800, 1600].flatMap((width) => ['light', 'dark'].map((value) => [width, value] as const)))(
    'is readable at %d pixels in a %s page',
    async (width, value) => {
      await tab.setViewport({ width, height: width === 375 ? 812 : 900 });
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      expect(await tab.evaluate(findPageFaults)).toEqual({ sideways: 0, tiny: [], faint: [], nameless: [] });
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      const path = join(pictures, `environment-report-${width}-${value}.webp`) as `${string}.webp`;
      await tab.screenshot({ path, type: 'webp', quality: 80, fullPage: true });
    },
  );
});
