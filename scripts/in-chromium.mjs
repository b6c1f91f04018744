// Runs a program of ES modules in a page and in a worker of headless Chromium, bundled as a web application is.
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { launch } from 'puppeteer-core';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.RL_RECSYS_CHROMIUM ?? usual.find(existsSync);

/**
 * @param code - the program; what it logs is what it answers.
 * @param resolveDir - the folder whose packages it imports.
 * @returns what it logged in each place, an array a call of `console.log`.
 */
export async function runInChromium(code, resolveDir) {
  if (executablePath === undefined) throw new Error('no Chromium was found; name it in RL_RECSYS_CHROMIUM');
  const bundled = await build({
    stdin: { contents: `${prelude}\n${code}`, resolveDir, loader: 'js' },
    ...{ bundle: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' },
    ...{ minify: true, logLevel: 'error' },
  });
  const program = `${bundled.outputFiles[0].text}\n;tell({ done: true });`;
  const server = createServer((request, response) => {
    const isProgram = request.url === '/program.js';
    response.setHeader('content-type', isProgram ? 'text/javascript' : 'text/html');
    response.end(isProgram ? program : '<!doctype html><title>program</title>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const logged = {};
    for (const place of ['page', 'worker']) logged[place] = await page.evaluate(inBrowser, place);
    return logged;
  } finally {
    await browser.close();
    server.close();
  }
}

/** What is logged goes to whoever listens: the page itself, or the page that started the worker. */
const prelude = `
const isWorker = typeof document === 'undefined';
globalThis.tell = (message) => (isWorker ? postMessage(message) : globalThis.heard(message));
console.log = (...values) => tell({ logged: JSON.parse(JSON.stringify(values)) });
globalThis.addEventListener('unhandledrejection', ({ reason }) => tell({ error: String(reason?.stack ?? reason) }));
`;

/* global document, Worker, globalThis */
function inBrowser(place) {
  return new Promise((resolve, reject) => {
    const all = [];
    const heard = ({ logged, error, done }) => {
      if (logged) all.push(logged);
      if (error) reject(new Error(error));
      if (done) resolve(all);
    };
    if (place === 'worker') {
      const worker = new Worker('/program.js', { type: 'module' });
      worker.onmessage = ({ data }) => heard(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    } else {
      globalThis.heard = heard;
      const script = document.createElement('script');
      script.type = 'module';
      script.src = '/program.js';
      script.onerror = () => reject(new Error('the program could not be loaded'));
      document.head.append(script);
    }
  });
}
