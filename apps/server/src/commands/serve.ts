import { isIP } from 'node:net';
import { openService, warmUp, type Mode } from '@rl-recsys/serving';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { loadModels, readPointer } from '@rl-recsys/serving/folder';
import closeWithGrace from 'close-with-grace';
import { makeApp } from '../http/app.js';
import { KeyRing } from '../keys/key-ring.js';
import { readKeys } from '../keys/keys-file.js';
import { explained } from '../run/explain.js';
import { followFile } from '../run/follow-file.js';
import { followModels, modelsSentence } from '../run/follow-models.js';
import { openFeedback } from '../run/open-feedback.js';
import { runFolderOf } from '../run/unpack-run.js';
import { useBackendFor } from '../run/use-backend.js';

/** How a run is served. */
export interface ServeOptions {
  readonly run: string;
  readonly port: number;
  readonly host: string;
  /** A file of keys. */
  readonly keys?: string;
  /** False where everybody on this machine may do everything. */
  readonly auth: boolean;
  readonly feedback: string;
  /** The URL of the Redis that the log is in (default: it is in a folder). */
  readonly redis?: string;
  readonly mode: Mode;
  readonly temperature: number;
  /** Seconds. */
  readonly waitingTime: number;
  readonly retainDays?: number;
  /** Requests a second and key. */
  readonly rate: number;
  readonly cors: readonly string[];
  readonly version: string;
}

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;

/** How often what users did is summed up beside the log. */
const KEEP = 600_000;

/** How long requests that are under way get to finish when the server is told to stop. */
const GRACE = 10_000;

/**
 * Serves a run until it is told to stop.
 *
 * @throws Error in one sentence where an option can't be meant, the run or the log is damaged, the port is in use or the disk is full.
 */
export async function serve(options: ServeOptions): Promise<void> {
  try {
    await start(options);
  } catch (error) {
    throw explained(error, options);
  }
}

async function start(options: ServeOptions): Promise<void> {
  const { port, host, feedback, mode, temperature, rate, cors, version } = options;
  const keys = await keyRingOf(options);
  const run = await runFolderOf(options.run);
  await useBackendFor(run);
  const models = await loadModels(run, await readPointer(run));
  const log = await openFeedback(options);
  const service = await openService({
    models,
    log,
    // Of a log that servers share each would have to hear of what another one forgets.
    ...(options.redis === undefined && { summary: folderStorage(feedback) }),
    mode,
    temperature,
    waitingTime: options.waitingTime * 1000,
  });
  let isReady = false;
  const app = await makeApp({ service, keys, rate, origins: cors, version, isReady: () => isReady });
  try {
    await app.listen({ port, host });
  } catch (error) {
    await service.close();
    throw error;
  }
  const follows = [followModels(run, service)];
  if (keys && options.keys !== undefined) {
    const file = options.keys;
    follows.push(followFile(file, async () => keys.replace(await readKeys(file))));
  }
  const clocks = [watchLog(() => service.trouble, feedback), every(KEEP, () => service.keep())];
  if (options.retainDays !== undefined) {
    const retain = () => service.retain(Date.now() - options.retainDays! * DAY);
    void retain().catch(tell);
    clocks.push(every(HOUR, retain));
  }
  closeWithGrace({ delay: GRACE }, async ({ err }) => {
    if (err) console.error(err);
    isReady = false;
    for (const end of follows) end();
    for (const clock of clocks) clearInterval(clock);
    // A connection that is kept alive counts as open, though nobody asks on it any more.
    const sweeping = setInterval(() => app.server.closeIdleConnections(), 50);
    await app.close();
    clearInterval(sweeping);
    await service.close();
    console.log('stopped');
  });
  await warmUp(models.serving.recommender);
  if (models.canary) await warmUp(models.canary.recommender, 64);
  isReady = true;
  const address = app.server.address();
  const at = typeof address === 'object' && address ? address.port : port;
  console.log(
    `${run}: ${modelsSentence(service)}, ${mode}, on http://${isIP(host) === 6 ? `[${host}]` : host}:${at}`,
  );
  console.log(`${feedback}: what is answered and what that earns`);
}

/** @throws Error where nobody would be asked for a key, and that was not said or others could ask too. */
async function keyRingOf({ keys, auth, host }: ServeOptions): Promise<KeyRing | undefined> {
  if (keys !== undefined && !auth)
    throw new Error('--no-auth: expected without --keys, which would guard nothing');
  if (keys !== undefined) return new KeyRing(await readKeys(keys));
  if (auth) {
    throw new Error(
      '--keys: expected a file of keys, which the command key makes; or --no-auth, for this machine alone',
    );
  }
  if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new Error(`--no-auth: expected with --host 127.0.0.1 alone, got ${host}, where others could ask`);
  }
  return undefined;
}

/** Says when the log can't be written any more, and when it can again. */
function watchLog(trouble: () => Error | undefined, feedback: string): NodeJS.Timeout {
  let told: string | undefined;
  const look = () => {
    const error = trouble();
    const now = error && explained(error, { port: 0, feedback }).message;
    if (now === told) return;
    told = now;
    if (now === undefined) console.log(`${feedback}: can be written again`);
    else
      console.error(
        `error: ${now}; no event is accepted until that is over, and answers are not written down`,
      );
  };
  return setInterval(look, 1000).unref();
}

/** Does something again and again; what it throws is said. */
function every(milliseconds: number, work: () => Promise<void>): NodeJS.Timeout {
  return setInterval(() => void work().catch(tell), milliseconds).unref();
}

function tell(error: Error): void {
  console.error(`error: ${error.message}`);
}
