import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { cachedFolder } from '../../src/download/cached-folder.js';
import {
  DatasetError,
  downloadKnownDataset,
  knownDatasetNames,
  loadKnownDataset,
  type KnownDatasetName,
  type License,
} from '../../src/index.js';
import { archiveServer, broken, ranged, whole } from '../download/archive-server.js';
import { temporaryFolder } from '../temporary-folder.js';

const path = temporaryFolder();
const server = archiveServer();

const zip = zipSync({ tiny: { 'ratings.csv': strToU8('user,item,rating\n') } });
const md5Of = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
const md5 = md5Of(zip);
const cacheFolder = () => path(join('some', 'cache'));
const tinyFolder = (source: Partial<Parameters<typeof cachedFolder>[0]> = {}) =>
  cachedFolder({
    name: 'tiny',
    folderInArchive: 'tiny',
    url: `${server().url}/tiny.zip`,
    md5,
    cacheFolder: cacheFolder(),
    ...source,
  });

describe('cachedFolder', () => {
  test('downloads, unpacks, and needs no network the second time', async () => {
    server().answers = [whole(zip)];
    const folder = await tinyFolder();
    expect(folder).toBe(join(cacheFolder(), 'tiny'));
    expect(readFileSync(join(folder, 'ratings.csv'), 'utf8')).toBe('user,item,rating\n');
    expect(readdirSync(cacheFolder())).toEqual(['tiny']);
    await server().stop();
    const onDownload = jest.fn();
    expect(await tinyFolder({ onDownload })).toBe(folder);
    expect(onDownload).not.toHaveBeenCalled();
  });

  test('takes a folder of another name out of the archive', async () => {
    server().answers = [whole(zip)];
    expect(await tinyFolder({ name: 'small' })).toBe(join(cacheFolder(), 'small'));
    expect(readdirSync(join(cacheFolder(), 'small'))).toEqual(['ratings.csv']);
  });

  test('resumes what was cut off, and only then there is a folder', async () => {
    const { answer, cut } = broken(zip, 40);
    server().answers = [answer, ranged(zip)];
    await expect(tinyFolder({ onProgress: cut })).rejects.toThrow('broke off after 40 bytes');
    expect(readdirSync(cacheFolder())).toEqual(['tiny.zip.part']);
    await tinyFolder();
    expect(server().requests).toEqual(['/tiny.zip', '/tiny.zip bytes=40-']);
    expect(readdirSync(cacheFolder())).toEqual(['tiny']);
  });

  test('tells of the download before it asks the server', async () => {
    server().answers = [whole(zip)];
    const requestsThen: number[] = [];
    await tinyFolder({ onDownload: () => requestsThen.push(server().requests.length) });
    expect(requestsThen).toEqual([0]);
  });
});

describe('a checksum beside the archive', () => {
  test.each([
    ['BSD', `MD5 (tiny.zip) = ${md5}\n`],
    ['GNU', `${md5}  tiny.zip\n`],
    ['upper case', md5.toUpperCase()],
  ])('as %s writes it', async (_, text) => {
    server().answers = [whole(strToU8(text)), whole(zip)];
    await tinyFolder({ md5: undefined });
    expect(server().requests).toEqual(['/tiny.zip.md5', '/tiny.zip']);
  });

  test('is trusted, not the archive', async () => {
    server().answers = [whole(strToU8(`${'0'.repeat(32)}  tiny.zip`)), whole(zip)];
    await expect(tinyFolder({ md5: undefined })).rejects.toThrow(
      `expected the MD5 sum ${'0'.repeat(32)}, got ${md5}`,
    );
    expect(readdirSync(cacheFolder())).toEqual([]);
  });

  test('no archive is fetched where it is missing or something else', async () => {
    server().answers = [
      (_, response) => response.writeHead(404).end(md5),
      whole(strToU8('<html>not here</html>')),
    ];
    await expect(tinyFolder({ md5: undefined })).rejects.toThrow('tiny.zip.md5: expected the file, got 404');
    await expect(tinyFolder({ md5: undefined })).rejects.toThrow(
      'tiny.zip.md5: expected an MD5 sum, got "<html>not here</html>"',
    );
    expect(server().requests).toEqual(['/tiny.zip.md5', '/tiny.zip.md5']);
  });
});

const fixed: [KnownDatasetName, string, string][] = [
  ['ml-100k', '0e33842e24a9c977be4e0107933c0723', 'ml-100k-README.txt'],
  ['ml-1m', 'c4d9eecfca2ab87c1945afe126590906', 'ml-1m-README.txt'],
  ['ml-10m', 'ce571fd55effeba0271552578f2648bd', 'ml-10m-README.html'],
  ['ml-20m', 'cd245b17a1ae2cc31bb14903e1204af3', 'ml-20m-README.html'],
  ['ml-25m', '6b51fb2759a8657d3bfcbfc42b592ada', 'ml-25m-README.html'],
  ['ml-32m', 'd472be332d4daa821edc399621853b57', 'ml-32m-README.html'],
];

describe('downloadKnownDataset', () => {
  test('takes a folder in the cache as it is, and shows no license then', async () => {
    mkdirSync(join(cacheFolder(), 'ml-1m'), { recursive: true });
    const onLicense = jest.fn();
    const folder = await downloadKnownDataset('ml-1m', { cacheFolder: cacheFolder(), onLicense });
    expect(folder).toBe(join(cacheFolder(), 'ml-1m'));
    expect(onLicense).not.toHaveBeenCalled();
  });

  test('a file of that name is no folder', async () => {
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(join(cacheFolder(), 'ml-1m'), '');
    const options = { cacheFolder: cacheFolder(), baseUrl: server().url, onLicense: () => {} };
    await expect(downloadKnownDataset('ml-1m', options)).rejects.toThrow('got 500');
  });

  test.each(fixed)(
    '%s: shows the license, asks a mirror, trusts the checksum alone',
    async (name, sum, readme) => {
      server().answers = [whole(zip)];
      const licenses: License[] = [];
      const options = {
        cacheFolder: cacheFolder(),
        baseUrl: `${server().url}/mirror/`,
        onLicense: (license: License) => void licenses.push(license),
      };
      await expect(downloadKnownDataset(name, options)).rejects.toThrow(
        `expected the MD5 sum ${sum}, got ${md5}`,
      );
      expect(server().requests).toEqual([`/mirror/${name}.zip`]);
      expect(readdirSync(cacheFolder())).toEqual([]);
      expect(licenses).toHaveLength(1);
      expect(licenses[0]!.url).toBe(`https://files.grouplens.org/datasets/movielens/${readme}`);
      expect(licenses[0]!.terms).toMatch(/research.*pass it on.*cite Harper and Konstan/);
    },
  );

  test('without a callback the license is written to stderr', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const options = { cacheFolder: cacheFolder(), baseUrl: server().url };
    await expect(downloadKnownDataset('ml-100k', options)).rejects.toThrow('got 500');
    expect(warn).toHaveBeenCalledWith(
      expect.stringMatching(/for research.*See https:.*ml-100k-README\.txt$/),
    );
    warn.mockRestore();
  });

  test('Jester has no archive that can be read: it says what to do', async () => {
    await expect(downloadKnownDataset('jester')).rejects.toThrow(DatasetError);
    await expect(loadKnownDataset('jester')).rejects.toThrow(
      /^jester: cannot be downloaded; .*Excel.*jester-data-1\.csv.*give that folder$/,
    );
  });
});

describe('loadKnownDataset', () => {
  test('downloads, checks, unpacks and reads: here the one without a fixed checksum', async () => {
    const files = {
      'ratings.csv': strToU8('userId,movieId,rating,timestamp\r\n1,70,4.5,964982703\r\n'),
      'movies.csv': strToU8('movieId,title,genres\r\n70,"From Dusk, Till Dawn (1996)",Action|Horror\r\n'),
    };
    const small = zipSync({ 'ml-latest-small': files });
    server().answers = [whole(strToU8(`MD5 (ml-latest-small.zip) = ${md5Of(small)}\n`)), whole(small)];
    const { name, log, titles, categories } = await loadKnownDataset('ml-latest-small', {
      cacheFolder: cacheFolder(),
      baseUrl: server().url,
      onLicense: ({ terms }) => expect(terms).toContain('changes over time'),
    });
    expect(server().requests).toEqual(['/ml-latest-small.zip.md5', '/ml-latest-small.zip']);
    expect(name).toBe('ml-latest-small');
    expect([...log.ratings, ...log.timestamps]).toEqual([4.5, 964_982_703]);
    expect(titles.get(0)).toBe('From Dusk, Till Dawn (1996)');
    expect(categories.get(0)).toEqual(['Action', 'Horror']);
    expect.assertions(6);
  });

  test('a folder that is given is neither downloaded nor licensed', async () => {
    const onLicense = jest.fn();
    await expect(loadKnownDataset('ml-25m', { folder: path('mine'), onLicense })).rejects.toThrow(
      `${path(join('mine', 'ratings.csv'))}: no such file`,
    );
    expect(onLicense).not.toHaveBeenCalled();
    expect(server().requests).toEqual([]);
  });

  test('another name is an error that lists the names', async () => {
    expect(knownDatasetNames).toEqual([...fixed.map(([name]) => name), 'ml-latest-small', 'jester']);
    for (const name of ['ml-2m', 'toString']) {
      await expect(loadKnownDataset(name as KnownDatasetName)).rejects.toThrow(
        `name: expected ${knownDatasetNames.join(', ')}, got ${name}`,
      );
    }
  });
});
