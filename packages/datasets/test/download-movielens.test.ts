import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { cachedFolder } from '../src/cached-folder.js';
import { downloadMovieLens, type Licence, type MovieLensName } from '../src/index.js';
import { archiveServer, broken, ranged, whole } from './archive-server.js';
import { temporaryFolder } from './temporary-folder.js';

const path = temporaryFolder();
const server = archiveServer();

const zip = zipSync({ tiny: { 'ratings.csv': strToU8('user,item,rating\n') } });
const md5 = createHash('md5').update(zip).digest('hex');
const cacheFolder = () => path(join('some', 'cache'));
const tinyFolder = (source: Partial<Parameters<typeof cachedFolder>[0]> = {}) =>
  cachedFolder({ name: 'tiny', url: `${server().url}/tiny.zip`, md5, cacheFolder: cacheFolder(), ...source });

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

describe('downloadMovieLens', () => {
  test('takes a folder in the cache as it is, and shows no licence then', async () => {
    mkdirSync(join(cacheFolder(), 'ml-1m'), { recursive: true });
    const onLicence = jest.fn();
    const folder = await downloadMovieLens('ml-1m', { cacheFolder: cacheFolder(), onLicence });
    expect(folder).toBe(join(cacheFolder(), 'ml-1m'));
    expect(onLicence).not.toHaveBeenCalled();
  });

  test('a file of that name is no folder', async () => {
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(join(cacheFolder(), 'ml-1m'), '');
    const options = { cacheFolder: cacheFolder(), baseUrl: server().url, onLicence: () => {} };
    await expect(downloadMovieLens('ml-1m', options)).rejects.toThrow('got 500');
  });

  test.each<[MovieLensName, string]>([
    ['ml-100k', '0e33842e24a9c977be4e0107933c0723'],
    ['ml-1m', 'c4d9eecfca2ab87c1945afe126590906'],
  ])('%s: shows the licence, asks a mirror, and trusts the checksum alone', async (name, expected) => {
    server().answers = [whole(zip)];
    const licences: Licence[] = [];
    const options = {
      cacheFolder: cacheFolder(),
      baseUrl: `${server().url}/mirror/`,
      onLicence: (licence: Licence) => void licences.push(licence),
    };
    await expect(downloadMovieLens(name, options)).rejects.toThrow(
      `expected the MD5 sum ${expected}, got ${md5}`,
    );
    expect(server().requests).toEqual([`/mirror/${name}.zip`]);
    expect(readdirSync(cacheFolder())).toEqual([]);
    expect(licences).toHaveLength(1);
    expect(licences[0]!.url).toBe(`https://files.grouplens.org/datasets/movielens/${name}-README.txt`);
    expect(licences[0]!.terms).toMatch(/research.*pass it on.*cite Harper and Konstan/);
  });

  test('without a callback the licence is written to stderr', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const options = { cacheFolder: cacheFolder(), baseUrl: server().url };
    await expect(downloadMovieLens('ml-100k', options)).rejects.toThrow('got 500');
    expect(warn).toHaveBeenCalledWith(
      expect.stringMatching(/for research.*See https:.*ml-100k-README\.txt$/),
    );
    warn.mockRestore();
  });

  test('another name is an error', async () => {
    for (const name of ['ml-20m', 'toString']) {
      await expect(downloadMovieLens(name as MovieLensName)).rejects.toThrow(
        `name: expected ml-100k or ml-1m, got ${name}`,
      );
    }
  });
});
