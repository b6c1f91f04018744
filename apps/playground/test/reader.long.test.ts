import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { whereChromiumIs } from '@rl-recsys/testing';
import type { Page } from 'puppeteer-core';
import { Driver, inPhase, isReady, press, problems, says, slide, stepOf, textOf } from './driver.js';

/** A short run of the small world, paused where its link says. */
const SHOP = '#world=shop&steps=2048&until=512';

whereChromiumIs((executablePath) => {
  let driver: Driver;
  let page: Page;

  beforeAll(async () => {
    driver = await Driver.start(executablePath);
    page = await driver.open(SHOP);
    await inPhase(page, 'paused');
  }, 120_000);

  afterAll(() => driver?.close());

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
