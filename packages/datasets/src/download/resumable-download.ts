import { open, rm, stat } from 'node:fs/promises';
import { md5Of } from './checksum.js';
import { DatasetError } from '../dataset-error.js';
import { LONGEST_SILENCE, SilenceWatch } from './silence.js';

/** How far a download is, in bytes. */
export interface DownloadProgress {
  /** What is on disk, with what an earlier run left. */
  readonly received: number;
  /** Missing where the server does not tell. */
  readonly total?: number;
}

/** A file to fetch and what it must turn out to be. */
export interface Download {
  readonly url: string;
  readonly md5: string;
  /** Where the bytes go; what an earlier run left there is continued. */
  readonly part: string;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** How many milliseconds the server may say nothing (default 60,000). */
  readonly silence?: number;
}

/**
 * Downloads a file, going on where an earlier run was cut off.
 *
 * When it returns, `part` is complete and its checksum is right.
 *
 * @throws DatasetError where the network fails or falls silent (`part` keeps what came) or the checksum is wrong
 * (`part` is deleted).
 */
export async function resumableDownload(download: Download): Promise<void> {
  const watch = new SilenceWatch(download.silence ?? LONGEST_SILENCE);
  try {
    await downloadTo(download, watch);
  } finally {
    watch.stop();
  }
}

async function downloadTo(download: Download, watch: SilenceWatch): Promise<void> {
  const { url, md5, part } = download;
  const start = await sizeOf(part);
  const response = await request(url, start, watch);
  // An answer that nobody reads would hold its connection open.
  if (!response.ok) await response.body?.cancel();
  if (response.status === 416 && start > 0) {
    // Nothing is left to send: `part` is complete, or of another file.
    if ((await md5Of(part)) === md5) return;
    await rm(part);
    return downloadTo(download, watch);
  }
  assertOk(url, response);
  await save(response, response.status === 206 ? start : 0, download, watch);
  watch.stop();
  const found = await md5Of(part);
  if (found === md5) return;
  await rm(part);
  throw downloadError(url, `expected the MD5 sum ${md5}, got ${found}`, 'run again to start anew');
}

/** @throws DatasetError where the server has no such file for us. */
export function assertOk(url: string, { ok, status, statusText }: Response): void {
  if (!ok) throw downloadError(url, `expected the file, got ${status} ${statusText}`, 'try later');
}

async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch(() => undefined);
  return stats?.size ?? 0;
}

/** Asks for a file, from byte `start` on; the watch gives it up, and what reads the answer tells it of what comes. */
export async function request(url: string, start: number, watch: SilenceWatch): Promise<Response> {
  // A compressed answer would have other bytes to count.
  const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) };
  try {
    const response = await fetch(url, { headers, signal: watch.signal });
    watch.heard();
    return response;
  } catch (error) {
    throw downloadError(
      url,
      `the server cannot be reached (${reasonOf(error)})`,
      'run again to resume',
      error,
    );
  }
}

/** Writes what comes after the first `start` bytes. */
async function save(
  response: Response,
  start: number,
  { url, part, onProgress }: Download,
  watch: SilenceWatch,
): Promise<void> {
  const length = response.headers.get('content-length');
  const total = length === null ? {} : { total: start + Number(length) };
  const pieces: AsyncIterable<Uint8Array> | Uint8Array[] = response.body ?? [];
  let received = start;
  const file = await open(part, start > 0 ? 'a' : 'w');
  try {
    // Each piece is on disk before the next is taken, so that nothing that came is fetched again.
    for await (const bytes of pieces) {
      watch.heard();
      await file.writeFile(bytes);
      received += bytes.length;
      onProgress?.({ received, ...total });
    }
  } catch (error) {
    const problem = `the download broke off after ${received} bytes (${reasonOf(error)})`;
    throw downloadError(url, problem, 'run again to resume', error);
  } finally {
    await file.close();
  }
}

/** What the network says; fetch itself says no more than "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  if (cause === undefined) return message;
  // Where every address of a host refused, only the code says so.
  return cause.message || String(cause.code);
}

/** An error of the network that says what to do. */
export function downloadError(url: string, problem: string, remedy: string, cause?: unknown): DatasetError {
  const message = `${url}: ${problem}; ${remedy}, or unpack the archive yourself and read that folder`;
  return new DatasetError(message, { cause });
}
