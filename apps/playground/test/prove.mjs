/* global document, performance, requestAnimationFrame, setTimeout */
// Trains the default world in headless Chromium until DRR earns more than all that look no further than the next item, and counts frames.
// It fails where any of that is worse than the page promises.
// With RL_RECSYS_SCREENSHOTS (a folder) it keeps pictures of the page as it is then: the README's.
import { existsSync } from 'node:fs';
import { launch } from 'puppeteer-core';
import { preview } from 'vite';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.RL_RECSYS_CHROMIUM ?? usual.find(existsSync);
const server = await preview({
  configFile: new URL('../vite.config.mjs', import.meta.url).pathname,
  preview: { port: 0 },
});
const browser = await launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  const heard = [];
  page.on('console', (message) => heard.push(message.text()));
  const address = server.resolvedUrls.local[0];
  page.on(
    'request',
    (request) =>
      request
        .url()
        .replace(/^blob:/, '')
        .startsWith(address) || heard.push(request.url()),
  );
  await page.goto(address);
  await page.waitForSelector('.pg-run .pg-primary:not(:disabled)');
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0].startTime,
  );
  const begun = performance.now();
  await page.click('.pg-run .pg-primary');
  await page.waitForSelector('main[data-phase=training]', { timeout: 120_000 });
  const frames = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const from = performance.now();
        let count = 0;
        const next = () => {
          count += 1;
          if (performance.now() - from < 5000) requestAnimationFrame(next);
          else resolve(count / 5);
        };
        requestAnimationFrame(next);
      }),
  );
  await page.waitForFunction(
    () => {
      const { drr, best } = document.querySelector('.pg-earned').dataset;
      return Number(drr) > Number(best) + 0.05;
    },
    { timeout: 240_000 },
  );
  const seconds = (performance.now() - begun) / 1000;
  const place = await page.$eval('.pg-place', ({ textContent }) => textContent);
  const verdict = await page.$eval('.pg-verdict', ({ textContent }) => textContent);
  await takePictures(page);
  const proof = {
    firstPaintMs: Math.round(paint),
    frames,
    seconds: Math.round(seconds),
    place,
    verdict,
    heard,
  };
  console.log(JSON.stringify(proof, null, 1));
  if (paint >= 1000 || frames < 50 || seconds > 60 || heard.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}

async function takePictures(page) {
  const folder = process.env.RL_RECSYS_SCREENSHOTS;
  if (!folder) return;
  for (const [width, scheme] of [
    [1440, 'light'],
    [375, 'dark'],
  ]) {
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await new Promise((resolve) => setTimeout(resolve, 1500)); // charts fit themselves into their place
    await page.screenshot({ path: `${folder}/playground-${width}-${scheme}.webp`, quality: 60 });
  }
}
