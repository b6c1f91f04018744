import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach } from '@jest/globals';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on this machine that answers the nth request with the nth answer, then with 500. */
export class ArchiveServer {
  answers: Answer[] = [];
  /** What was asked for, such as `/file.zip bytes=10-`. */
  readonly requests: string[] = [];
  url = '';

  private readonly server = createServer((request, response) => {
    const answer = this.answers[this.requests.length];
    this.requests.push([request.url, request.headers.range].filter(Boolean).join(' '));
    if (answer === undefined) response.writeHead(500).end();
    else answer(request, response);
  });

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

/** A server for each test anew. */
export function archiveServer(): () => ArchiveServer {
  let server: ArchiveServer;
  beforeEach(async () => {
    server = new ArchiveServer();
    await server.start();
  });
  afterEach(() => server.stop());
  return () => server;
}

/** Sends everything, whatever range was asked for. */
export function whole(content: Uint8Array): Answer {
  return (_, response) => response.writeHead(200, { 'content-length': content.length }).end(content);
}

/** Sends the range that was asked for, or 416 where there is nothing in it. */
export function ranged(content: Uint8Array): Answer {
  return ({ headers }, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1]);
    if (start >= content.length) response.writeHead(416).end();
    else {
      const rest = content.subarray(start);
      const range = `bytes ${start}-${content.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-length': rest.length, 'content-range': range }).end(rest);
    }
  };
}

/** Promises everything, sends the first `count` bytes, and waits for `cut` to drop the connection. */
export function broken(content: Uint8Array, count: number): { answer: Answer; cut: () => void } {
  let cut = () => {};
  const answer: Answer = (_, response) => {
    cut = () => response.destroy();
    response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, count));
  };
  return { answer, cut: () => cut() };
}
