import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { whereChromiumIs } from '@rl-recsys/testing';
import { Driver, inPhase, press, problems, says, stepOf, textOf } from './driver.js';
import { serveSite } from './site.js';

whereChromiumIs((executablePath) => {
  let driver: Driver;

  beforeAll(async () => {
    driver = await Driver.start(executablePath);
  }, 60_000);

  afterAll(() => driver?.close());

  test('a storage that is full is told of, loses nothing that was kept, and is tried again', async () => {
    const page = await driver.open('#world=shop&steps=100000&until=512');
    await page.waitForSelector('.pg-share[data-kept="512"]');
    await inPhase(page, 'paused');
    const session = await page.createCDPSession();
    const origin = driver.site.address.slice(0, -1);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
    await press(page, 'Go on');
    await inPhase(page, 'training');
    await press(page, 'Pause');
    await inPhase(page, 'paused');
    expect(await problems(page)).toEqual([
      expect.stringMatching(/^The browser has no room left for this page: .* Free some room, .* download/),
    ]);
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await press(page, 'Go on');
    await inPhase(page, 'training');
    await press(page, 'Pause');
    await inPhase(page, 'paused');
    await page.waitForSelector(`.pg-share[data-kept="${await stepOf(page)}"]`);
    expect(await problems(page)).toEqual([]);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
    await press(page, 'Go on');
    await inPhase(page, 'training');
    await press(page, 'Pause');
    await inPhase(page, 'paused');
    const kept = await page.$eval('section.pg-share', ({ dataset }) => Number(dataset['kept']));
    expect(await stepOf(page)).toBeGreaterThan(kept);
    await page.close();
    const again = await driver.open();
    await again.waitForSelector('.pg-found:not([hidden])');
    expect(await textOf(again, '.pg-found')).toContain(`${kept.toLocaleString('en-GB')} of 100,000`);
    await again.close();
  }, 120_000);

  test('without the headers that allow threads it computes with one, and says so', async () => {
    const plain = await serveSite({ isIsolated: false });
    const page = await driver.open('#world=shop&steps=512', { site: plain });
    await inPhase(page, 'done');
    expect(await textOf(page, 'footer')).toContain(
      'Computed by one thread: this address is served without the headers (COOP, COEP) that allow two.',
    );
    await page.close();
    plain.close();
  }, 120_000);

  test.each([
    ['#world=moon', 'This link can’t be read. world: expected moving-taste, shop, ratings, file, got moon.'],
    [
      '#world=shop&until=99999',
      'This link can’t be read. until: expected an integer from 1 to 20000, got 99999.',
    ],
  ])(
    'the link %s is refused in a sentence',
    async (fragment, words) => {
      const page = await driver.open(fragment);
      expect(await problems(page)).toContain(words);
      await page.close();
    },
    30_000,
  );

  test('a link to ratings of somebody’s own asks for the file, and gives it that run', async () => {
    const page = await driver.openApart('#world=file&seed=7&steps=512&replay=uniform');
    await says(page, '.pg-status', 'Drop the same file.');
    const rows = Array.from(
      { length: 600 },
      (_, row) => `u${row % 30},i${(row * 7) % 41},${1 + ((row * row) % 5)}`,
    );
    await driver.give(page, 'mine.csv', `user,item,rating\n${rows.join('\n')}\n`);
    await inPhase(page, 'done');
    expect(await textOf(page, '.pg-place')).toBe('512 of 512 items shown');
    const fields = await page.$$eval('.pg-run :is(input, select)', (all) => all.map(({ value }) => value));
    expect(fields).toEqual(['file', '7', 'uniform']);
    await page.close();
  }, 120_000);

  test('nothing was said in the console, and nobody else was asked for anything', () => {
    expect(driver.heard).toEqual([]);
  });

  if (process.arch === 'x64') {
    test('a browser without SIMD is told what to do, and can’t start', async () => {
      const old = await Driver.start(executablePath, ['--js-flags=--no-enable-sse4-1']);
      const page = await old.open();
      expect(await says(page, '.pg-problem', 'SIMD')).toMatch(/Chrome and Edge have it from .* update it/);
      expect(await page.$('.pg-run .pg-primary:not(:disabled)')).toBeNull();
      expect(old.heard).toEqual([]);
      await old.close();
    }, 60_000);
  } else {
    console.warn('SKIPPED: only on x64 can Chromium be told to do without SIMD');
    test.skip('a browser without SIMD is told what to do (x64)', () => {});
  }
});
