import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { checkRecordStorage, httpStorage, memoryStorage, writeRecordList } from '../src/index.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server of what a storage holds, below `/model/`; tells what it was asked for. */
async function serveRecords() {
  const storage = memoryStorage();
  await storage.write(
    'a.bin',
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
  );
  await storage.write('deep/b.bin', new Uint8Array(0));
  await writeRecordList(storage);
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['cache-control']}`);
    const name = (request.url ?? '').slice('/model/'.length);
    void storage.read(name).then((bytes) => response.writeHead(bytes ? 200 : 404).end(bytes));
  });
  return { url: `${url}/model`, asked };
}

test('keeps to the contract of a storage for reading', async () => {
  const { url } = await serveRecords();
  const storage = httpStorage(url);
  expect(await checkRecordStorage(storage, { writable: false })).toEqual([]);
  expect(await storage.list()).toEqual(['a.bin', 'deep/b.bin', 'records.json']);
  await expect(storage.remove('a.bin')).rejects.toThrow(
    `remove a.bin: expected a storage that can be written, got the server of ${url}/`,
  );
});

test('asks for the record below the URL, with or without a slash at its end, past caches', async () => {
  const { url, asked } = await serveRecords();
  expect((await httpStorage(url).read('deep/b.bin'))?.length).toBe(0);
  expect((await httpStorage(new URL(`${url}/`)).read('a.bin'))?.length).toBe(256);
  expect(asked).toEqual(['GET /model/deep/b.bin max-age=0', 'GET /model/a.bin max-age=0']);
});

test('never asks a server for a bad name', async () => {
  const { url, asked } = await serveRecords();
  await expect(httpStorage(url).read('../secret.bin')).rejects.toThrow('name: expected');
  expect(asked).toEqual([]);
});

test('the list names itself once, however often it is written', async () => {
  const storage = memoryStorage();
  await writeRecordList(storage);
  await storage.write('a.bin', Uint8Array.of(1));
  await writeRecordList(storage);
  expect(new TextDecoder().decode(await storage.read('records.json'))).toBe('["a.bin","records.json"]');
});

describe('names the URL of what fails', () => {
  test.each([401, 403, 410, 500, 503])('status %d', async (status) => {
    const url = await serve((_, response) => response.writeHead(status, 'Because').end('no'));
    await expect(httpStorage(url).read('a.bin')).rejects.toThrow(
      `${url}/a.bin: expected status 200 or 404, got ${status} Because`,
    );
    await expect(httpStorage(url).list()).rejects.toThrow(`${url}/records.json: expected status`);
  });

  test('no server', async () => {
    const url = await serve(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    const failed = httpStorage(url).read('a.bin');
    await expect(failed).rejects.toThrow(`${url}/a.bin: expected an answer, got none`);
    await expect(failed).rejects.toHaveProperty('cause');
  });

  test('an answer that is cut short', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(httpStorage(url).read('a.bin')).rejects.toThrow(`${url}/a.bin: expected a whole record`);
  });

  test.each([
    ['no JSON', '<html>', 'expected a list of records, got no JSON'],
    ['no array', '{}', 'expected an array of names of records'],
    ['other names', '["../a.bin"]', 'expected an array of names of records'],
    ['other values', '[7]', 'expected an array of names of records'],
  ])('a list of %s', async (_, body, message) => {
    const url = await serve((_, response) => response.writeHead(200).end(body));
    await expect(httpStorage(url).list()).rejects.toThrow(`${url}/records.json: ${message}`);
  });

  test('no list', async () => {
    const url = await serve((_, response) => response.writeHead(404).end());
    await expect(httpStorage(url).list()).rejects.toThrow(
      `${url}/records.json: expected the list of records, got 404; write it with writeRecordList`,
    );
    expect(await httpStorage(url).read('a.bin')).toBeUndefined();
  });
});

test.each(['model/', 'file:///tmp/', 'https://a.b/?x=1', 'https://a.b/#c', ''])('refuses %p', (url) => {
  expect(() => httpStorage(url)).toThrow(
    'url: expected an absolute http: or https: URL without ? and #, got',
  );
});
