import { Cluster, Redis } from 'ioredis';
import { redisSentence } from './redis-error.js';

/** A connection to one Redis, or to a cluster of them. */
export type RedisClient = Redis | Cluster;

/** The oldest version that is known to do what is asked of it. */
const OLDEST = 7;

/** Milliseconds until a connection that is silent is taken for lost. */
const SILENCE = 5_000;

const OPTIONS = {
  connectTimeout: SILENCE,
  socketTimeout: SILENCE, // also where a cut link says nothing
  // Who asked is told that a connection was lost, and asks again: a command that is sent again by itself may be done twice.
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  retryStrategy: (times: number) => Math.min(50 * times, 1_000),
  protocol: 2,
  disableClientInfo: true,
} as const;

/**
 * Connects to the Redis of a URL, `redis://` or with TLS `rediss://`, user and password in it: to all nodes where it is one of a cluster.
 * By TLS a certificate is trusted that Node trusts: those of a file of your own where `NODE_EXTRA_CA_CERTS` names it before Node starts.
 *
 * A lost connection is made again by itself; what was asked meanwhile is rejected.
 *
 * @throws Error in one sentence, without the password, where it can't be reached, is older than 7, is a replica, or would throw away what
 * it holds when it is full.
 */
export async function openRedis(url: string): Promise<RedisClient> {
  const { host, port, tls } = parseUrl(url);
  const place = `Redis at ${host}:${port}`;
  const once = { lazyConnect: true, retryStrategy: null, disconnectTimeout: 100 };
  const redis = new Redis(url, { ...OPTIONS, ...once });
  let lost: Error | undefined;
  redis.on('error', (error: Error) => (lost = error));
  let isCluster: boolean;
  try {
    await redis.connect();
    isCluster = /^cluster_enabled:1/m.test(assertUsable(await redis.info()));
  } catch (error) {
    const isClosed = (error as Error).message === 'Connection is closed.';
    const cause = isClosed ? (lost ?? error) : error;
    throw new Error(`${place}: ${openingSentence(cause as Error, tls)}`, { cause: error });
  } finally {
    redis.disconnect();
  }
  return isCluster ? openCluster(url) : openOne(url);
}

/** Of a URL of the other kind nothing is known but that nothing comes of it. */
function openingSentence(cause: Error, tls: boolean): string {
  if (!tls && /is closed|ECONNRESET|EPIPE/.test(cause.message))
    return 'it closed the connection at once; where it speaks TLS, its URL begins with rediss://';
  const sentence = redisSentence(cause);
  if (!tls || !/ETIMEDOUT/.test(cause.message)) return sentence;
  return `${sentence} by TLS; where Redis does without, its URL begins with redis://`;
}

/** The warning that is due where a Redis forgets all when it is restarted; undefined where it does not. */
export async function forgetfulness(redis: RedisClient): Promise<string | undefined> {
  if (/^aof_enabled:1/m.test(await redis.info('persistence'))) return undefined;
  return 'Redis keeps nothing when it is restarted (appendonly no): what actors have sent since the newest checkpoint is lost then';
}

function openOne(url: string): Redis {
  const redis = new Redis(url, OPTIONS);
  redis.on('error', () => undefined); // whoever asks is told
  return redis;
}

function openCluster(url: string): Cluster {
  const { host, port, username, password, tls } = parseUrl(url);
  const cluster = new Cluster([{ host, port }], {
    clusterRetryStrategy: (times) => Math.min(50 * times, 1_000),
    redisOptions: {
      ...{ connectTimeout: SILENCE, socketTimeout: SILENCE, maxRetriesPerRequest: 0, protocol: 2 },
      ...(username !== '' && { username }),
      ...(password !== '' && { password }),
      ...(tls && { tls: {} }),
    },
  });
  cluster.on('error', () => undefined);
  return cluster;
}

function assertUsable(info: string): string {
  const fact = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? '';
  const version = fact('redis_version');
  if (!(Number.parseInt(version, 10) >= OLDEST))
    throw new Error(`expected Redis ${OLDEST} or later, got ${version || 'something else'}`);
  if (fact('role') === 'slave') throw new Error('expected a master, got a replica, which can only be read');
  const policy = fact('maxmemory_policy');
  if (fact('maxmemory') !== '0' && policy !== 'noeviction') {
    throw new Error(
      `expected maxmemory-policy noeviction, got ${policy}, by which what is not learned yet is thrown away when it is full`,
    );
  }
  return info;
}

function parseUrl(url: string) {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '') {
    const came = parsed ? `${parsed.protocol}//${parsed.host}` : 'something else'; // never a password
    throw new Error(
      `redis: expected a URL such as redis://127.0.0.1:6379, or rediss:// for TLS, got ${came}`,
    );
  }
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port || 6379),
    username: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    tls: parsed.protocol === 'rediss:',
  };
}
