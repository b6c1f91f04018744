import { assertOk, downloadError, request } from './resumable-download.js';
import { LONGEST_SILENCE, SilenceWatch } from './silence.js';

/**
 * The checksum that a publisher keeps beside an archive, in any of the usual forms, such as
 * `MD5 (ml-25m.zip) = 6b51…` or `6b51…  ml-25m.zip`.
 *
 * @throws DatasetError where the file cannot be fetched or has no checksum in it.
 */
export async function publishedMd5(url: string): Promise<string> {
  const text = await textAt(url);
  const md5 = /\b[0-9a-f]{32}\b/i.exec(text)?.[0];
  if (md5 !== undefined) return md5.toLowerCase();
  throw downloadError(url, `expected an MD5 sum, got ${JSON.stringify(text.slice(0, 60))}`, 'try later');
}

async function textAt(url: string): Promise<string> {
  const watch = new SilenceWatch(LONGEST_SILENCE);
  try {
    const response = await request(url, 0, watch);
    if (!response.ok) await response.body?.cancel();
    assertOk(url, response);
    return await response.text();
  } finally {
    watch.stop();
  }
}
