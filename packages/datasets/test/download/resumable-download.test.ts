import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { DatasetError } from '../../src/index.js';
import { resumableDownload, type DownloadProgress } from '../../src/download/resumable-download.js';
import { archiveServer, broken, ranged, whole } from './archive-server.js';
import { temporaryFolder } from '../temporary-folder.js';

const path = temporaryFolder();
const server = archiveServer();

const content = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251);
const other = content.map((byte) => byte ^ 1);
const md5 = createHash('md5').update(content).digest('hex');

const part = () => path('file.zip.part');
const download = (onProgress?: (progress: DownloadProgress) => void) =>
  resumableDownload({ url: `${server().url}/file.zip`, md5, part: part(), onProgress });
const bytesOnDisk = () => new Uint8Array(readFileSync(part()));

describe('a whole download', () => {
  test('ends on disk, with progress up to the total', async () => {
    server().answers = [whole(content)];
    const progress: DownloadProgress[] = [];
    await download((one) => progress.push(one));
    expect(bytesOnDisk()).toEqual(content);
    expect(server().requests).toEqual(['/file.zip']);
    expect(progress.at(-1)).toEqual({ received: 20_000, total: 20_000 });
    expect(progress.every(({ received }, index) => received > (progress[index - 1]?.received ?? 0))).toBe(
      true,
    );
  });

  test('has no total where the server gives none', async () => {
    server().answers = [(_, response) => void response.write(content, () => response.end())];
    const progress: DownloadProgress[] = [];
    await download((one) => progress.push(one));
    expect(progress.at(-1)).toEqual({ received: 20_000 });
  });
});

describe('a download that was cut off', () => {
  test('keeps what came, says so in a line, and is continued without fetching it again', async () => {
    const { answer, cut } = broken(content, 12_000);
    server().answers = [answer, ranged(content)];
    const error: unknown = await download(({ received }) => {
      if (received === 12_000) cut();
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatasetError);
    expect((error as Error).message).toMatch(
      /^http:.*file\.zip: the download broke off after 12000 bytes \(.+\); run again to resume, or unpack the/,
    );
    expect((error as Error).message).not.toContain('\n');
    expect(bytesOnDisk()).toEqual(content.subarray(0, 12_000));

    const progress: DownloadProgress[] = [];
    await download((one) => progress.push(one));
    expect(server().requests).toEqual(['/file.zip', '/file.zip bytes=12000-']);
    expect(bytesOnDisk()).toEqual(content);
    expect(progress[0]!.received).toBeGreaterThan(12_000);
    expect(progress.at(-1)).toEqual({ received: 20_000, total: 20_000 });
  });

  test('starts over where the server ignores the range', async () => {
    writeFileSync(part(), content.subarray(0, 5000));
    server().answers = [whole(content)];
    await download();
    expect(server().requests).toEqual(['/file.zip bytes=5000-']);
    expect(bytesOnDisk()).toEqual(content);
  });

  test('is not fetched again where the part is already complete', async () => {
    writeFileSync(part(), content);
    server().answers = [ranged(content)];
    await download();
    expect(server().requests).toEqual(['/file.zip bytes=20000-']);
    expect(bytesOnDisk()).toEqual(content);
  });

  test('starts over where the part is another file, as long or longer', async () => {
    writeFileSync(part(), other);
    server().answers = [ranged(content), whole(content)];
    await download();
    expect(server().requests).toEqual(['/file.zip bytes=20000-', '/file.zip']);
    expect(bytesOnDisk()).toEqual(content);
  });

  test('an empty part asks for no range', async () => {
    writeFileSync(part(), '');
    server().answers = [whole(content)];
    await download();
    expect(server().requests).toEqual(['/file.zip']);
  });
});

describe('failures', () => {
  test('corrupt content is deleted, and both checksums are named', async () => {
    server().answers = [whole(other)];
    const found = createHash('md5').update(other).digest('hex');
    await expect(download()).rejects.toThrow(
      `expected the MD5 sum ${md5}, got ${found}; run again to start anew`,
    );
    expect(existsSync(part())).toBe(false);
  });

  test('so is a part whose beginning was another file', async () => {
    writeFileSync(part(), other.subarray(0, 1000));
    server().answers = [ranged(content), whole(content)];
    await expect(download()).rejects.toThrow(`expected the MD5 sum ${md5}`);
    await download();
    expect(server().requests).toEqual(['/file.zip bytes=1000-', '/file.zip']);
  });

  test.each([404, 503])('status %d is named and leaves the part as it is', async (status) => {
    writeFileSync(part(), content.subarray(0, 1000));
    server().answers = [(_, response) => response.writeHead(status).end('an error page')];
    await expect(download()).rejects.toThrow(`file.zip: expected the file, got ${status}`);
    expect(bytesOnDisk()).toEqual(content.subarray(0, 1000));
  });

  test('a server that always answers 416 is not asked for ever', async () => {
    writeFileSync(part(), other);
    const refuse = ranged(new Uint8Array());
    server().answers = [refuse, (_, response) => response.writeHead(416).end(), refuse];
    await expect(download()).rejects.toThrow('file.zip: expected the file, got 416');
    expect(server().requests).toEqual(['/file.zip bytes=20000-', '/file.zip']);
  });

  test('a server that cannot be reached, with the reason', async () => {
    await server().stop();
    await expect(download()).rejects.toThrow(/the server cannot be reached \(.*ECONNREFUSED.*\); run again/);
    await expect(download()).rejects.toThrow(DatasetError);
  });
});

test.each(['before the answer', 'after the first bytes'])(
  'a server that falls silent %s is given up',
  async (when) => {
    server().answers = [
      (_, response) => {
        if (when !== 'before the answer') response.write(content.subarray(0, 100));
      },
    ];
    const silent = resumableDownload({ url: `${server().url}/file.zip`, md5, part: part(), silence: 50 });
    await expect(silent).rejects.toThrow(/nothing came for 0\.05 s\); run again to resume/);
  },
);
