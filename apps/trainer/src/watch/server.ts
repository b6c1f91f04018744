import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageFiles, type PageFile } from '@rl-recsys/live-view/page';
import { Broadcast } from './broadcast.js';

/** Where a page of runs is served from. */
export interface WatchOptions {
  /** Runs, or folders of runs. */
  readonly folders: readonly string[];
  /** The address to listen at (default: this machine's own, which nobody else reaches). */
  readonly host?: string | undefined;
  /** The port (default: 4780, or where that is taken any that is free). */
  readonly port?: number | undefined;
}

const USUAL_PORT = 4780;
const OWN_HOST = '127.0.0.1';
/** How this machine may be called in what reaches it there. */
const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Nothing from elsewhere, and nothing in the page but its own script. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/**
 * Serves a page that shows runs live.
 *
 * @throws Error where the port that was asked for is taken.
 */
export async function startWatching({
  folders,
  host = OWN_HOST,
  port,
}: WatchOptions): Promise<{ readonly url: string; close(): Promise<void> }> {
  const files = new Map((await pageFiles()).map((file) => [file.path, file]));
  const broadcast = new Broadcast(folders);
  const isOwn = OWN_NAMES.includes(host);
  const server = createServer((request, response) => {
    // A page of somebody else's whose name leads here must read nothing.
    if (isOwn && !OWN_NAMES.includes(nameOf(request)))
      return refuse(response, 403, 'asked for by another name');
    if (request.method !== 'GET') return refuse(response, 405, 'read only');
    const path = new URL(request.url ?? '/', 'http://here').pathname;
    if (path === '/events') return void broadcast.join(response, HEADERS);
    const file = files.get(path);
    if (file) send(response, file);
    else refuse(response, 404, 'not here');
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}/`,
    async close() {
      broadcast.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function nameOf({ headers }: IncomingMessage): string {
  return (headers.host ?? '').replace(/:\d+$/, '');
}

function send(response: ServerResponse, { type, body }: PageFile): void {
  response.writeHead(200, { ...HEADERS, 'content-type': type }).end(body);
}

function refuse(response: ServerResponse, code: number, why: string): void {
  response.writeHead(code, { ...HEADERS, 'content-type': 'text/plain' }).end(`${why}\n`);
}

/** Where no port was asked for, any will do in the place of the usual one. */
async function listen(server: Server, host: string, port: number | undefined): Promise<void> {
  const tries = port === undefined ? [USUAL_PORT, 0] : [port];
  for (const [place, each] of tries.entries()) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(each, host, () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    if (!error) return;
    if (error.code !== 'EADDRINUSE' || place === tries.length - 1) {
      const why = error.code === 'EADDRINUSE' ? 'is taken' : `can't be listened at: ${error.message}`;
      throw new Error(`--port: ${each} of ${host} ${why}`, { cause: error });
    }
  }
}
