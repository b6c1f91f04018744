import { launch, type Browser } from 'puppeteer-core';
import { chromiumArguments, findChromium } from '../browser/chromium.js';
import type { PageOptions, UpdatePage } from '../browser/page-options.js';
import { servePage, type PageServer } from '../browser/page-server.js';
import type { About } from '../harness/protocol.js';
import { decline, serve } from '../harness/serve.js';

/** The updates of `update.ts` or `update-default.ts` in headless Chromium; it declines where the backend does not work there. */
const options = JSON.parse(process.argv[2]!) as PageOptions;
let server: PageServer | undefined;
let browser: Browser | undefined;
try {
  await takePart();
} finally {
  await browser?.close();
  server?.close();
}

async function takePart(): Promise<void> {
  let ask: Ask;
  let about: About;
  try {
    ask = await openPage();
    about = { browser: await browser!.version(), ...((await ask('start', options)) as About) };
  } catch (error) {
    decline(reasonOf(error));
    return;
  }
  await serve({ run: async (iterations) => (await ask('run', iterations)) as number[] }, about);
}

type Ask = (what: keyof UpdatePage, argument: unknown) => Promise<unknown>;

async function openPage(): Promise<Ask> {
  const executablePath = findChromium();
  server = await servePage();
  // A long turn is one answer, hence no limit on how long one takes.
  browser = await launch({ executablePath, args: chromiumArguments(options.backend), protocolTimeout: 0 });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(server.url);
  if (complaints.length > 0) throw new Error(`the page does not load: ${complaints.join('; ')}`);
  return (what, argument) => page.evaluate(`updatePage.${what}(${JSON.stringify(argument)})`);
}

/** One line: it stands in a list of notes. */
function reasonOf(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return `${options.backend} does not work in Chromium here: ${line}`;
}
