import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { launch, type Browser, type Page } from 'puppeteer-core';
import type { Report } from './browser/page.js';

const chromium =
  process.env['RL_RECSYS_CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );

if (chromium !== undefined) {
  describe('in Chromium', () => inChromium(chromium));
} else if (process.env['RL_RECSYS_REQUIRE_DATA'] !== undefined) {
  test('in Chromium', () => {
    throw new Error(
      'RL_RECSYS_REQUIRE_DATA is set, but no Chromium was found; name it in RL_RECSYS_CHROMIUM',
    );
  });
} else {
  console.warn('SKIPPED: set RL_RECSYS_CHROMIUM to the path of Chromium to keep records in it');
  test.skip('in Chromium (set RL_RECSYS_CHROMIUM)', () => {});
}

/** What a browser is asked to do, as text: no type of a browser is known to a build for Node. */
const inWorker = (without: string) => `new Promise((resolve, reject) => {
  const worker = new Worker('/page.js');
  worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data));
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage({ without: ${JSON.stringify(without)} });
})`;

function inChromium(executablePath: string): void {
  let browser: Browser;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    server = await servePage();
    browser = await launch({ executablePath, args: ['--no-sandbox'] });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const expectGood = (report: Report, name: string) => {
    expect(report).toMatchObject({
      storage: [],
      filesAfterCheck: [],
      draftsListed: ['kept.bin'],
      afterDraft: [1, 2, 3],
      fromServer: [],
      saved: 'Float32Array 2 -Infinity',
    });
    expect(report.root).toContain(`${name}-at-root.bin`);
    expect(report.root).toContain(`${name}/kept.bin`);
  };

  test('a page keeps records, reads a server, and opens what was saved', async () => {
    expectGood((await page.evaluate(`report('page')`)) as Report, 'page');
  });

  test('so does a worker', async () => {
    const report = (await page.evaluate(inWorker('nothing'))) as Report & { hasWritable: boolean };
    expect(report.hasWritable).toBe(true);
    expectGood(report, 'worker-without-nothing');
  });

  test('and a worker without createWritable', async () => {
    const report = (await page.evaluate(inWorker('writable'))) as Report & { hasWritable: boolean };
    expect(report.hasWritable).toBe(false);
    expectGood(report, 'worker-without-writable');
  });
}

/** Serves a page with the package in it, and two records. */
async function servePage(): Promise<Server> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser/page.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent', // failures are thrown
  });
  const files: Record<string, [type: string, body: string]> = {
    '/': ['text/html', '<!doctype html><script src="/page.js"></script>'],
    '/page.js': ['text/javascript', outputFiles[0]!.text],
    '/records/a.bin': ['application/octet-stream', 'a record'],
    '/records/records.json': ['application/json', '["a.bin","records.json"]'],
  };
  const server = createServer((request, response) => {
    const [type, body] = files[request.url ?? ''] ?? [];
    if (type === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
