import { refuseWrites } from './read-only.js';
import { isRecordName } from './record-name.js';
import { recordStorage, type RecordStorage } from './record-storage.js';

/** Names all records of a storage, this one too: a server of files can't be asked for them. */
const RECORD_LIST = 'records.json';

/** Node's types don't know it, Node does. */
const ASK_CACHE = { cache: 'no-cache' } as RequestInit;

/**
 * Records that a server of files gives below a URL, for reading alone: `read` fetches `url/name`.
 *
 * `list` needs the record `records.json`, which {@link writeRecordList} writes before the files are put on
 * the server. A server answers 404 for a record that is not there; any other failure, a body that was
 * cut short included, rejects with an error that names the URL. Copies in a cache are asked about
 * (`cache: 'no-cache'`), so that records of two savings don't mix.
 *
 * @param url - absolute, `http:` or `https:`, without `?` and `#`; in a page, `new URL('model/', location.href)`.
 * @throws RangeError where `url` is not so.
 */
export function httpStorage(url: string | URL): RecordStorage {
  const base = baseOf(url);
  const list = new URL(RECORD_LIST, base);
  return recordStorage({
    read: (name) => fetchBytes(new URL(name, base)),
    list: async () => parseRecordList(await fetchBytes(list), list),
    ...refuseWrites(`the server of ${base.href}`),
  });
}

/** Writes the record `records.json`, by which an {@link httpStorage} of the same files can list them. */
export async function writeRecordList(storage: RecordStorage): Promise<void> {
  const names = [...new Set([...(await storage.list()), RECORD_LIST])].sort();
  await storage.write(RECORD_LIST, new TextEncoder().encode(JSON.stringify(names)));
}

function baseOf(url: string | URL): URL {
  const base = URL.canParse(String(url)) ? new URL(url) : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol) || base.search !== '' || base.hash !== '') {
    throw new RangeError(`url: expected an absolute http: or https: URL without ? and #, got ${String(url)}`);
  }
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}

async function fetchBytes(url: URL): Promise<Uint8Array | undefined> {
  const failed = (what: string, cause?: unknown) => new Error(`${url.href}: ${what}`, { cause });
  const response = await fetch(url, ASK_CACHE).catch((cause: unknown) => {
    throw failed('expected an answer, got none', cause);
  });
  if (response.ok) {
    const body = await response.arrayBuffer().catch((cause: unknown) => {
      throw failed('expected a whole record, the answer was cut short', cause);
    });
    return new Uint8Array(body);
  }
  await response.body?.cancel();
  if (response.status === 404) return undefined;
  throw failed(`expected status 200 or 404, got ${response.status} ${response.statusText}`.trimEnd());
}

function parseRecordList(bytes: Uint8Array | undefined, url: URL): string[] {
  if (bytes === undefined) {
    throw new Error(`${url.href}: expected the list of records, got 404; write it with writeRecordList`);
  }
  let names: unknown;
  try {
    names = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Error(`${url.href}: expected a list of records, got no JSON`, { cause });
  }
  if (!Array.isArray(names) || !names.every(isRecordName)) {
    throw new Error(`${url.href}: expected an array of names of records, got something else`);
  }
  return names;
}
