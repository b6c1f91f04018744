import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import type { RunRecord } from '@rl-recsys/live-view';
import { pageFiles } from '@rl-recsys/live-view/page';
import Fastify from 'fastify';

/** Nothing from elsewhere, and nothing in the page but its own script. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/** A page of curves that this process adds to. */
export interface LivePage {
  readonly url: string;
  add(run: string, record: RunRecord): void;
  /** Says how things stand, in place of what was said before. */
  say(sentence: string): void;
  /** Says how it ended: nothing comes after that. */
  end(sentence: string): void;
  close(): Promise<void>;
}

/**
 * Serves a page to this machine alone that draws what is added; whoever comes late is told everything first.
 *
 * @throws Error where the port is in use.
 */
export async function openLivePage(port: number): Promise<LivePage> {
  const app = Fastify({ forceCloseConnections: true });
  const told: string[] = [];
  const listeners = new Set<ServerResponse>();
  app.addHook('onSend', async (_, reply) => {
    void reply.headers({ 'content-security-policy': POLICY, 'cache-control': 'no-store' });
  });
  for (const { path, type, body } of await pageFiles({
    title: 'A service that learns, live',
    step: 'visit',
  })) {
    app.get(path, (_, reply) => reply.type(type).send(body));
  }
  app.get('/events', (_, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    raw.write(told.join(''));
    listeners.add(raw);
    raw.on('close', () => listeners.delete(raw));
  });
  await app.listen({ port, host: '127.0.0.1' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE') throw cause;
    throw new Error(`--port: expected a port that is free, but ${port} is in use`, { cause });
  });
  const tell = (message: object) => {
    const line = `data: ${JSON.stringify(message)}\n\n`;
    told.push(line);
    for (const listener of listeners) listener.write(line);
  };
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`,
    add: (run, record) => tell({ run, record }),
    say: (sentence) => tell({ say: sentence }),
    end: (sentence) => tell({ say: sentence, isLast: true }),
    close: () => app.close(),
  };
}
