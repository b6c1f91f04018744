import { mkdirSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { pageFiles } from '@rl-recsys/live-view/page';
import { findPageFaults, whereChromiumIs } from '@rl-recsys/testing';
import type { RunRecord } from '../src/index.js';
import { lineOf, recordsOf, sessionOf } from './training.js';

/** Where pictures of the page go; none are taken where it is not set. */
const pictures = process.env['RL_RECSYS_SCREENSHOTS'];

whereChromiumIs((executablePath) => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  const listeners: ServerResponse[] = [];
  const heard: string[] = [];

  const send = (run: string, ...records: RunRecord[]) => {
    for (const record of records)
      for (const listener of listeners) listener.write(`data: ${JSON.stringify({ run, record })}\n\n`);
  };

  beforeAll(async () => {
    const files = new Map((await pageFiles()).map((file) => [file.path, file]));
    server = createServer(({ url }, response) => {
      if (url === '/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        listeners.push(response);
        send('patient', ...recordsOf(60, 1));
        send('hasty', ...recordsOf(40, 2));
      } else {
        const { type, body } = files.get(url!)!;
        response.writeHead(200, { 'content-type': type }).end(body);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await launch({ executablePath, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => heard.push(`page error: ${String(error)}`));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForSelector('[data-metric=reward] canvas');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  const textOf = (selector: string) => page.$eval(selector, ({ textContent }) => textContent ?? '');
  const readout = (metric: string) => textOf(`[data-metric="${metric}"] .lv-readout`);

  test('draws each number of all runs, and of one its session and histogram; the console stays empty', async () => {
    const metrics = await page.$$eval('[data-metric]', (cards) =>
      cards.map((card) => card.getAttribute('data-metric')),
    );
    expect(metrics).toHaveLength(14);
    expect(await readout('maxQ')).toMatch(/^patient [\d.]+hasty [\d.]+step 57,600$/);
    // Something is drawn in each run's color.
    const drawn = await page.$eval('[data-metric=reward] canvas', (canvas) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
      const isNear = (at: number, color: readonly number[]) =>
        color.every((channel, place) => Math.abs(channel - data[at + place]!) < 12);
      const count = (color: readonly number[]) => {
        let found = 0;
        for (let at = 0; at < data.length; at += 4) if (isNear(at, color)) found += 1;
        return found;
      };
      return [count([0xd5, 0x5e, 0x00]), count([0x00, 0x72, 0xb2]), count([0xcc, 0x79, 0xa7])];
    });
    expect(drawn[0]).toBeGreaterThan(100);
    expect(drawn[1]).toBeGreaterThan(100);
    expect(drawn[2]).toBe(0); // nobody has the fourth
    expect(await textOf('.lv-session')).toContain('user-61 at step 58,560: 6 items earned');
    const [part] = await page.$$eval('.lv-parts', (bars) =>
      bars.map((bar) => bar.getAttribute('aria-label')),
    );
    expect(part).toBe('bias 0.4, ratings 1.2, aftermath 0.4, learned −0.1524');
    expect(await page.$$('[data-metric=tdErrors] .lv-bars span')).toHaveLength(30);
    expect(heard).toEqual([]);
  });

  test.each([375, 800, 1600].flatMap((width) => ['light', 'dark'].map((value) => [width, value] as const)))(
    'is readable at %d pixels in a %s page',
    async (width, value) => {
      await page.setViewport({ width, height: width === 375 ? 740 : 900 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      await page.evaluate(
        'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
      );
      expect(await page.evaluate(findPageFaults)).toEqual({ sideways: 0, tiny: [], faint: [], nameless: [] });
      const widths = await page.$$eval('.lv-plot', (plots) =>
        plots.map((plot) => plot.querySelector('canvas')!.clientWidth - plot.clientWidth),
      );
      expect(Math.max(...widths)).toBeLessThanOrEqual(0);
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      const path = join(pictures, `live-${width}-${value}.webp`) as `${string}.webp`;
      await page.screenshot({ path, type: 'webp', quality: 80, fullPage: true });
    },
    60_000,
  );

  test('what there is no session or histogram of has no choice of one, and curves are over what it says', async () => {
    const files = await pageFiles({ title: 'A shop, live', step: 'visit' });
    const other = createServer(({ url }, response) => {
      const file = files.find(({ path }) => path === url);
      response.writeHead(200, { 'content-type': file?.type ?? 'text/event-stream' });
      if (file) return void response.end(file.body);
      const line = { ...lineOf(3, 1), histograms: {} };
      const record: RunRecord = { kind: 'metrics', line };
      response.write(`data: ${JSON.stringify({ run: 'shop', record })}\n\n`);
      response.write('data: {"say":"It is over.","isLast":true}\n\n');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const tab = await browser.newPage();
    try {
      await tab.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
      await tab.waitForSelector('[data-metric=reward] canvas');
      expect(await tab.title()).toBe('A shop, live');
      const readoutText = await tab.$eval('[data-metric=reward] .lv-readout', (at) => at.textContent);
      expect(readoutText).toMatch(/visit 3,840$/);
      expect(await tab.$eval('.lv-controls select', (select) => select.closest('label')!.hidden)).toBe(true);
      expect(await tab.$eval('[name=smoothing]', (slider) => slider.closest('label')!.hidden)).toBe(false);
      other.closeAllConnections(); // that it is over stays there to be read
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await tab.$eval('[role=status]', (status) => status.textContent)).toBe('It is over.');
    } finally {
      await tab.close();
      other.closeAllConnections();
      other.close();
    }
  });

  test('new lines appear as they come', async () => {
    send('patient', { kind: 'metrics', line: lineOf(60, 1) });
    await page.waitForFunction(
      `document.querySelector('[data-metric=reward] .lv-readout').textContent.endsWith('step 58,560')`,
    );
  });

  test('a keyboard goes from control to control and from point to point', async () => {
    await page.focus('input[value=hasty]');
    await page.keyboard.press('Space');
    await page.waitForFunction(
      `document.querySelectorAll('[data-metric=maxQ] .lv-readout .lv-swatch').length === 1`,
    );
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.name')).toBe('run');
    await page.focus('[data-metric=reward] .lv-plot');
    await page.keyboard.press('Home');
    await page.waitForFunction(
      `document.querySelector('[data-metric=reward] .lv-readout').textContent.endsWith('step 960')`,
    );
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      `document.querySelector('[data-metric=reward] .lv-readout').textContent.endsWith('step 1,920')`,
    );
    await page.focus('input[value=hasty]');
    await page.keyboard.press('Space');
  });

  test('a session can be held while others come, and another run’s be looked at', async () => {
    await page.click('input[name=hold]');
    send('patient', { kind: 'session', session: sessionOf(7) });
    send('patient', { kind: 'metrics', line: lineOf(61, 1) });
    await page.waitForFunction(
      `document.querySelector('[data-metric=reward] .lv-readout').textContent.endsWith('step 59,520')`,
    );
    expect(await textOf('.lv-session')).toContain('user-61');
    await page.click('input[name=hold]');
    await page.waitForFunction(`document.querySelector('.lv-session').textContent.includes('user-8')`);
    await page.select('select[name=run]', 'hasty');
    await page.waitForFunction(`document.querySelector('.lv-session').textContent.includes('user-41')`);
  });

  test('a run that begins anew is forgotten, and text of others stays text', async () => {
    const evil = '<img src=x onerror="document.title = 1">';
    send('patient', { kind: 'reset' }, { kind: 'metrics', line: lineOf(0, 1) });
    send(evil, { kind: 'session', session: { ...sessionOf(1), user: evil } });
    await page.waitForFunction(`document.querySelectorAll('.lv-runs label').length === 3`);
    await page.select('select[name=run]', evil);
    await page.waitForFunction(`document.querySelector('.lv-session').textContent.includes('onerror')`);
    expect(await page.$$('.lv img')).toEqual([]);
    await page.waitForFunction(
      `document.querySelector('[data-metric=reward] .lv-readout').textContent.endsWith('step 38,400')`,
    ); // the other run's last
  });

  test('says what it is told', async () => {
    for (const listener of listeners) listener.write('data: {"say":"Version 2 is tried."}\n\n');
    await page.waitForFunction(
      `document.querySelector('[role=status]').textContent === 'Version 2 is tried.'`,
    );
  });

  test('says that the server is gone', async () => {
    for (const listener of listeners.splice(0)) listener.end();
    server.closeAllConnections();
    server.close();
    await page.waitForFunction(
      `document.querySelector('[role=status]').textContent.startsWith('The server is gone')`,
    );
  });
});
