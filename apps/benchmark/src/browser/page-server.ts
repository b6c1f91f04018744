import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface PageServer {
  readonly url: string;
  close(): void;
}

/** Isolated pages get clocks of 5 µs instead of 100 µs. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Bundles `update-page.js` and serves it at the root of a port of its own, with the WebAssembly files of
 * TensorFlow.js beside it.
 *
 * @throws Error where it can't be bundled, with esbuild's messages.
 */
export async function servePage(): Promise<PageServer> {
  const script = await bundle(new URL('update-page.js', import.meta.url));
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    fileAt(path, script).then(
      ({ type, body }) => response.writeHead(200, { 'Content-Type': type, ...ISOLATION }).end(body),
      (error) => response.writeHead(404, { 'Content-Type': 'text/plain' }).end(`${path}: ${String(error)}`),
    );
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

async function bundle(entry: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent', // stdout is the protocol's; failures are thrown
  });
  return outputFiles[0]!.text;
}

async function fileAt(path: string, script: string): Promise<{ type: string; body: string | Uint8Array }> {
  if (path === '/') return { type: 'text/html', body: '<!doctype html><script src="/page.js"></script>' };
  if (path === '/page.js') return { type: 'text/javascript', body: script };
  const wasm = /^\/(tfjs-backend-wasm[a-z-]*\.wasm)$/.exec(path)?.[1];
  if (wasm === undefined) throw new Error('expected the page, its script or a file of WebAssembly');
  const main = import.meta.resolve('@tensorflow/tfjs-backend-wasm');
  return { type: 'application/wasm', body: await readFile(new URL(wasm, main)) };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}
