// Reads the built site in Chromium, as on a phone and on a desk: nothing is wider than the window, the console stays empty, and search
// finds what is there. With RL_RECSYS_SCREENSHOTS (a folder) it takes pictures of each page.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { serveSite } from './serve.mjs';

const dist = join(import.meta.dirname, '../dist');
const WIDTHS = [375, 1440];
const pictures = process.env.RL_RECSYS_SCREENSHOTS;
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.RL_RECSYS_CHROMIUM ?? usual.find(existsSync);
if (executablePath === undefined) throw new Error('no Chromium was found; name it in RL_RECSYS_CHROMIUM');

const [version] = readdirSync(dist).filter((name) => name.startsWith('v'));
const pages = readdirSync(join(dist, version)).filter(
  (name) => name.endsWith('.html') && !/^(404|versions)/.test(name),
);
const { url, close } = await serveSite(dist);
const browser = await launch({ executablePath, args: ['--no-sandbox'] });
const faults = [];
try {
  for (const width of WIDTHS) {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 900 });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warn') {
        faults.push(`console: ${message.text()} ${message.location().url ?? ''}`);
      }
    });
    page.on('pageerror', (error) => faults.push(`page error: ${String(error)}`));
    for (const name of [...pages, 'api/index.html', 'api/modules/_rl-recsys_drr.gated_policy.html']) {
      const answer = await page.goto(`${url}${version}/${name}`, { waitUntil: 'networkidle0' });
      if (name === 'playground.html') faults.push(...(await playgroundFaults(page)));
      if (answer?.status() !== 200) faults.push(`${name}: expected a page, got ${answer?.status()}`);
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
      if (wide > 0) faults.push(`${name}: at ${width} pixels it is ${wide} too wide`);
      if (pictures) {
        mkdirSync(pictures, { recursive: true });
        await page.screenshot({
          path: join(pictures, `${name.replace('.html', '').replaceAll('/', '-')}-${width}.png`),
        });
      }
    }
    await page.goto(`${url}${version}/`, { waitUntil: 'networkidle0' });
    const found = await searched(page, 'canary');
    if (!found.some((link) => link.includes('/feedback'))) {
      faults.push(
        `search at ${width} pixels: expected the page on feedback, got ${found.join(', ') || 'nothing'}`,
      );
    }
    if (pictures) await page.screenshot({ path: join(pictures, `search-${width}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  close();
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`${pages.length} pages and the API read at ${WIDTHS.join(' and ')} pixels; search finds`);

/* global document, window */
/** Whether the page within the page trains. */
async function playgroundFaults(page) {
  const frame = page.frames().find((each) => each.url().endsWith('/app/index.html'));
  if (!frame) return ['playground.html: expected the playground in it'];
  const start = await frame.waitForSelector('button.pg-primary');
  await start.evaluate((button) => button.click());
  const isAtWork = () => /^[1-9].* items shown/.test(document.querySelector('.pg-place')?.textContent ?? '');
  const works = await frame.waitForFunction(isAtWork, { timeout: 60_000 }).catch(() => undefined);
  return works ? [] : ['playground.html: expected the playground to train'];
}

/** Types words into the search, and tells the addresses of what is found. */
async function searched(page, words) {
  await page.click('.DocSearch-Button');
  await page.waitForSelector('.search-input');
  await page.type('.search-input', words);
  await page.waitForSelector('.result', { timeout: 10_000 }).catch(() => undefined);
  return page.$$eval('.result', (links) => links.map((link) => link.getAttribute('href')));
}
