import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadRecommender, tarStorage } from '@rl-recsys/recommender';
import { findPageFaults, whereChromiumIs } from '@rl-recsys/testing';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { serveSite, type Site } from './site.js';

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
const START = '.pg-run .pg-primary:not(:disabled)';
/** A short run of the small world: it is the page that is tested here. */
const SHOP = '#world=shop&steps=4096&until=1024';

whereChromiumIs((executablePath) => {
  const profile = mkdtempSync(join(tmpdir(), 'playground-'));
  const downloads = join(profile, 'downloads');
  let browser: Browser;
  let site: Site;
  let page: Page;
  const heard: string[] = [];

  /** A page whose console and requests are listened to. */
  const open = async (fragment = ''): Promise<Page> => {
    const opened = await browser.newPage();
    await opened.setViewport({ width: 1440, height: 900 });
    opened.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
    opened.on('pageerror', (error) => heard.push(`page error: ${String(error)}`));
    opened.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(site.address) && !/^(blob|data):/.test(url)) heard.push(`request: ${url}`);
    });
    await opened.goto(`${site.address}${fragment}`);
    return opened;
  };
  const textOf = (selector: string, of = page) => of.$eval(selector, ({ textContent }) => textContent ?? '');
  const inPhase = (phase: string, of = page) =>
    of.waitForSelector(`main[data-phase="${phase}"]`, { timeout: 100_000 });
  const press = (text: string, of = page) =>
    of.evaluate((wanted) => {
      const found = [...document.querySelectorAll('button')].find((each) => each.textContent === wanted);
      if (!found) throw new Error(`no button ${wanted}`);
      found.click();
    }, text);
  const give = async (name: string, bytes: string | Uint8Array, of = page) => {
    const file = join(profile, name);
    writeFileSync(file, bytes);
    await (await of.$('input[name=file]' as 'input'))!.uploadFile(file);
  };

  beforeAll(async () => {
    site = await serveSite();
    browser = await launch({ executablePath, args: ['--no-sandbox'], userDataDir: profile });
    mkdirSync(downloads);
    page = await open(SHOP);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  test('a link trains to where it was shared, with two threads, and tells all of it', async () => {
    await inPhase('paused');
    expect(await page.$eval('main', ({ dataset }) => Number(dataset['step']))).toBe(1024);
    expect(await textOf('footer')).toContain('Computed by two threads.');
    expect(await textOf('.pg-verdict')).toMatch(/^A session earns [\d.−]+/);
    await page.waitForSelector('.pg-step');
    expect(await textOf('.pg-why-place')).toMatch(/Why step 1.*score.*Q.*Gates.*Residual/s);
    const metrics = await page.$$eval('[data-metric]', (cards) =>
      cards.map((card) => card.getAttribute('data-metric')),
    );
    for (const name of ['sessionReward', 'criticLoss', 'priorities', 'tdErrors', 'gate/ratings', 'epsilon'])
      expect(metrics).toContain(name);
  }, 120_000);

  test('the reader is the user, and is rated for', async () => {
    await press('Sit down');
    await page.waitForSelector('.pg-play-item');
    const [first, topics] = [await textOf('.pg-play-item'), await textOf('.pg-topics')];
    await page.click('[data-stars="5"]');
    await page.waitForFunction(`document.querySelector('.pg-play .lv-chips').children.length === 1`);
    expect(await textOf('.pg-play .lv-chips')).toContain('★★★★★');
    expect(await textOf('.pg-play-item')).not.toBe(first);
    expect(await textOf('.pg-topics')).not.toBe(topics);
  }, 60_000);

  test.each([375, 1440].flatMap((width) => ['light', 'dark'].map((value) => [width, value] as const)))(
    'is readable, and reachable by all, at %d pixels in a %s page',
    async (width, value) => {
      await page.setViewport({ width, height: width === 375 ? 740 : 900 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      expect(await page.evaluate(findPageFaults)).toEqual({ sideways: 0, tiny: [], faint: [], nameless: [] });
      await page.evaluate(axe);
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
    await (
      await page.createCDPSession()
    ).send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
    await page.select('select[name=seat]', '3');
    await press('Sit down');
    await page.waitForFunction(
      `document.querySelector('.pg-play-card').textContent.includes('customer-4, item 1')`,
    );
    const shown = await page.$$eval('.pg-play .pg-why tbody tr', (rows) =>
      rows.map((row) => ({
        item: row.getAttribute('data-item')!,
        score: Number(row.getAttribute('data-score')),
      })),
    );
    expect(shown.length).toBeGreaterThanOrEqual(5);
    await press('Download the recommender');
    await page.waitForFunction(`document.querySelector('.pg-told').textContent.includes('kB')`);
    const name = await downloaded(downloads);
    expect(name).toBe('shop-seed-1-step-1024.tar');
    const recommender = await loadRecommender(tarStorage(readFileSync(join(downloads, name))));
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
    await page.$eval('input[name=gamma]', (input) => {
      input.value = '0.4';
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await press('Go on');
    await page.waitForFunction(
      `Number(document.querySelector('main').dataset.step) > 1024 || document.querySelector('.pg-place').textContent.startsWith('2')`,
      { timeout: 60_000 },
    );
    await press('Pause');
    await inPhase('paused');
    await press('Copy a link to this');
    await page.waitForFunction(`location.hash.includes('turns=1024~0.4,auto,1')`);
    const [link, step] = [await page.evaluate('location.href'), await textOf('.pg-place')];
    const measured = await page.$eval('.pg-earned', (each) => each.getAttribute('data-drr'));
    const other = await open(new URL(link as string).hash);
    await inPhase('paused', other);
    expect(await textOf('.pg-place', other)).toBe(step);
    await other.waitForFunction(`document.querySelector('.pg-earned').dataset.drr === '${measured}'`, {
      timeout: 20_000,
    });
    await other.close();
  }, 120_000);

  test('a tab that is closed loses nothing: its run is offered again, and goes on', async () => {
    const step = await page.$eval('main', ({ dataset }) => dataset['step']);
    await page.waitForFunction(`document.querySelector('.pg-share').dataset.kept === '${step}'`);
    await page.close();
    page = await open();
    await page.waitForSelector('.pg-found:not([hidden]) button');
    expect(await textOf('.pg-found')).toContain('You have a run here.');
    await press('Go on with it');
    await inPhase('training');
    await inPhase('done');
    expect(await textOf('.pg-place')).toMatch(/^4,0\d\d|^4,1\d\d/);
  }, 120_000);

  test('a CSV of the reader’s own is trained on, and one that can’t be read is refused in a sentence', async () => {
    await page.select('select[name=world]', 'file');
    const csv = (rows: readonly string[]) => `user,item,rating\n${rows.join('\n')}\n`;
    const sound = Array.from(
      { length: 1200 },
      (_, row) => `u${row % 40},i${(row * 7) % 41},${1 + ((row * row) % 5)}`,
    );
    for (const [name, bytes, words, help] of [
      ['row.csv', csv([...sound, 'u1,i2,many']), /^row.csv, line 1202: expected a number/, []],
      [
        'old.csv',
        Buffer.from(csv([...sound, 'René,i2,3']), 'latin1'),
        /expected text in UTF-8/,
        ['Read it as latin1'],
      ],
      [
        'commas.csv',
        csv(sound).replaceAll(',', ';').replace(';1\n', ';1,5\n'),
        /expected a number/,
        ['Read 2,5 as a number'],
      ],
      ['empty.csv', '', /^empty.csv: expected/, []],
      ['book.csv', Uint8Array.of(0x50, 0x4b, 3, 4), /expected text, got a zip archive/, []],
    ] as const) {
      await give(name, bytes);
      await page.waitForFunction(
        `document.querySelector('.pg-file .pg-problem').textContent.includes('${name}')`,
      );
      expect(await textOf('.pg-file .pg-problem p')).toMatch(words);
      expect(
        await page.$$eval('.pg-file .pg-problem button', (all) => all.map(({ textContent }) => textContent)),
      ).toEqual(help);
    }
    await give('mine.csv', csv(sound));
    await page.waitForFunction(`document.querySelector('.pg-about').textContent.includes('mine.csv')`, {
      timeout: 60_000,
    });
    await inPhase('training');
    await page.waitForFunction(
      `document.querySelector('.pg-verdict').textContent.startsWith('A session earns')`,
      {
        timeout: 60_000,
      },
    );
    await press('Pause');
    await inPhase('paused');
  }, 120_000);

  test('without a network it opens again, and trains', async () => {
    await page.waitForFunction(`document.querySelector('footer').textContent.includes('Works offline')`);
    await page.setOfflineMode(true);
    site.close();
    await page.reload();
    await page.waitForSelector(START);
    await page.setOfflineMode(false);
  }, 60_000);

  test('nothing was said in the console, and nobody else was asked for anything', () => {
    expect(heard.filter((each) => !each.includes('net::ERR_'))).toEqual([]);
  });
});

/** The name of the file that was downloaded, once it is whole. */
async function downloaded(folder: string): Promise<string> {
  for (;;) {
    const [name] = readdirSync(folder).filter((each) => each.endsWith('.tar'));
    if (name) return name;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
