import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { StartedRedis, StartRedisOptions } from '../src/index.js';

/** Starts three Redis as one cluster; the first one's URL is that of all. */
export async function startCluster(
  start: (options: Partial<StartRedisOptions>) => Promise<StartedRedis>,
): Promise<StartedRedis> {
  const password = 'of-a-test';
  const lines = (port: number) => [
    ...['cluster-enabled yes', `cluster-port ${port}`, 'cluster-node-timeout 2000'],
  ];
  const buses = [0, 1, 2].map(() => 20_000 + Math.floor((performance.now() * 1e6) % 12_000)); // below the ports that others are given
  const nodes: StartedRedis[] = [];
  for (const [place, bus] of buses.entries())
    nodes.push(await start({ password, lines: lines(bus + 4_000 * place) }));
  const ask = nodes.map(({ url }) => new Redis(url, { protocol: 2 }));
  const slots = [0, 5461, 10_923, 16_384];
  for (const [place, redis] of ask.entries()) {
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', slots[place]!, slots[place + 1]! - 1);
    if (place > 0) await redis.call('CLUSTER', 'MEET', '127.0.0.1', nodes[0]!.port, buses[0]!);
  }
  for (const redis of ask) {
    while (!(await redis.cluster('INFO')).includes('cluster_state:ok')) await sleep(50);
    redis.disconnect();
  }
  return nodes[0]!;
}
