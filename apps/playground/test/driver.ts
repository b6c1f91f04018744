import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { serveSite, type Site } from './site.js';

/** One Chromium with the built page, whose console and requests are listened to. */
export class Driver {
  /** What was said in the console, and what was asked of anybody else. */
  readonly heard: string[] = [];
  private readonly files = mkdtempSync(join(tmpdir(), 'playground-'));

  private constructor(
    readonly site: Site,
    readonly browser: Browser,
  ) {}

  /** @param args - of Chromium. */
  static async start(executablePath: string, args: readonly string[] = []): Promise<Driver> {
    const browser = await launch({ executablePath, args: ['--no-sandbox', ...args] });
    return new Driver(await serveSite(), browser);
  }

  /** A page by somebody who was never here. */
  async openApart(fragment: string): Promise<Page> {
    return this.open(fragment, { by: await this.browser.createBrowserContext() });
  }

  /** @param by - whose storage the page has. */
  async open(
    fragment = '',
    {
      site = this.site,
      by = this.browser.defaultBrowserContext(),
    }: { site?: Site; by?: BrowserContext } = {},
  ): Promise<Page> {
    const page = await by.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    page.on('console', (message) => this.heard.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.heard.push(`page error: ${String(error)}`));
    page.on('request', (request) => {
      const url = request.url().replace(/^blob:/, '');
      if (!url.startsWith(site.address) && !/^(data|about):/.test(url)) this.heard.push(`request: ${url}`);
    });
    await page.goto(`${site.address}${fragment}`);
    return page;
  }

  /** Drops a file onto the page's choice of files. */
  async give(page: Page, name: string, bytes: string | Uint8Array): Promise<void> {
    const file = join(this.files, name);
    writeFileSync(file, bytes);
    await (await page.$('input[name=file]' as 'input'))!.uploadFile(file);
  }

  /** Where the recommender lies, once it is downloaded whole. */
  async download(page: Page): Promise<string> {
    const folder = join(this.files, 'downloads');
    mkdirSync(folder, { recursive: true });
    const session = await page.createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
    await press(page, 'Download the recommender');
    for (;;) {
      const [name] = readdirSync(folder).filter((each) => each.endsWith('.tar'));
      if (name) return join(folder, name);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.site.close();
    rmSync(this.files, { recursive: true, force: true });
  }
}

/** Patience for what a busy machine computes. */
const timeout = 100_000;

export const isReady = (page: Page) =>
  page.waitForSelector('.pg-run .pg-primary:not(:disabled)', { timeout });

export const inPhase = (page: Page, phase: 'training' | 'paused' | 'done') =>
  page.waitForSelector(`main[data-phase="${phase}"]`, { timeout });

export const textOf = (page: Page, selector: string) =>
  page.$eval(selector, ({ textContent }) => textContent ?? '');

/** Waits until an element says so, and returns all that it says. */
export async function says(page: Page, selector: string, words: string): Promise<string> {
  const isSaid = page.waitForFunction(
    (where, what) => document.querySelector(where)?.textContent?.includes(what),
    { timeout },
    selector,
    words,
  );
  const failed = await isSaid.then(
    () => false,
    () => true,
  );
  const told = await textOf(page, selector);
  if (failed)
    throw new Error(
      `${selector}: expected ${words}, got ${told}; wrong: ${(await problems(page)).join('; ')}`,
    );
  return told;
}

/** What is shown as wrong, in the order of the page. */
export const problems = (page: Page) =>
  page.$$eval('.pg-problem', (all) =>
    all.map(({ textContent }) => textContent).filter((text) => text !== ''),
  );

export const stepOf = (page: Page) => page.$eval('main', ({ dataset }) => Number(dataset['step']));

export const press = (page: Page, text: string) =>
  page.evaluate((wanted) => {
    const found = [...document.querySelectorAll('button')].find((each) => each.textContent === wanted);
    if (!found || found.disabled || !found.checkVisibility()) throw new Error(`no button ${wanted}`);
    found.click();
  }, text);

/** Moves a slider as a reader does. */
export const slide = (page: Page, name: string, value: string) =>
  page.$eval(
    `input[name=${name}]` as 'input',
    (input, to) => {
      input.value = to;
      for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }));
    },
    value,
  );
