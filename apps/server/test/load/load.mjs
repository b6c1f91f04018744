// npm run load [-- --seconds 10] [--connections 32] [--minutes 0] [--waiting-time 600] [--run FOLDER]
// The server under load, beside the same server with a constant answer: throughput, CPU a request, latency at one fixed rate,
// a swap under load, and with --minutes how much memory it takes over time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { loadVersion, saveVersion, writePointer } from '@rl-recsys/serving/folder';
import autocannon from 'autocannon';

const number = { type: 'string' };
const { values } = parseArgs({
  options: {
    ...{ seconds: number, connections: number, minutes: number, 'waiting-time': number },
    run: { type: 'string' },
  },
});
const [seconds, connections] = [Number(values.seconds ?? 10), Number(values.connections ?? 32)];
const minutes = Number(values.minutes ?? 0);
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rl-recsys-load-'));
const run = values.run ?? join(folder, 'run');
if (values.run === undefined) {
  const { writeLargeRun, SIZES } = await import('./large-run.mjs');
  await writeLargeRun(run);
  console.log(`a run of ${SIZES.users} users and ${SIZES.items} items`);
}
const recommender = await loadVersion(run, 0);
const users = recommender.parts.users.ids;

/** Requests for the users of the run, one after the other. */
const requests = Array.from({ length: 500 }, (_, place) => ({
  ...{ method: 'POST', path: '/v1/recommendations', headers: { 'content-type': 'application/json' } },
  body: JSON.stringify({ user: users[(place * 37) % users.length], session: `s-${place}`, k: 10 }),
}));

/** A server as a process of its own. */
async function start(...args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
      const found = /on (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', () => reject(new Error(`expected a server, got ${said}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { url, stop };
}

/** What Prometheus would read. */
async function figure(url, name) {
  const text = await (await globalThis.fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

async function fire(url, options) {
  const before = await figure(url, 'process_cpu_seconds_total');
  const {
    requests: rate,
    latency,
    non2xx,
    errors,
    timeouts,
    ['2xx']: answered,
  } = await autocannon({
    ...{ url, connections, requests },
    ...options,
  });
  const cpu = (await figure(url, 'process_cpu_seconds_total')) - before;
  const lost = non2xx + errors + timeouts;
  return {
    rate: rate.average,
    p50: latency.p50,
    p99: latency.p99,
    cpu: (1000 * cpu) / answered,
    answered,
    lost,
  };
}

const ours = await start(
  ...[here('../../dist/cli.js'), 'serve', '--run', run, '--no-auth', '--port', '0', '--rate', '1000000000'],
  ...['--feedback', join(folder, 'feedback'), '--waiting-time', values['waiting-time'] ?? '600'],
);
const constant = await start(here('./constant-server.mjs'));
try {
  const rows = [];
  const servers = { 'a constant answer': constant.url, recommendations: ours.url };
  for (const url of Object.values(servers)) await fire(url, { amount: 6000 }); // warms the compiler up
  for (const [server, url] of Object.entries(servers)) {
    rows.push({ server, as: 'fast as it can', ...(await fire(url, { duration: seconds })) });
  }
  const half = Math.max(1, Math.floor(rows[1].rate / 2));
  for (const [server, url] of Object.entries(servers)) {
    rows.push({
      server,
      as: `${half} a second`,
      ...(await fire(url, { duration: seconds, overallRate: half })),
    });
  }
  const round = (value) => Math.round(value * 1000) / 1000;
  console.table(rows.map((row) => ({ ...row, rate: Math.round(row.rate), cpu: round(row.cpu) })));
  console.log(
    `throughput ${round(rows[1].rate / rows[0].rate)} of the constant answer's, by CPU ${round(rows[0].cpu / rows[1].cpu)}; ` +
      `p99 at one rate ${round(rows[3].p99 / rows[2].p99)} times the constant answer's`,
  );

  await saveVersion(run, recommender);
  let version = 0;
  const swapping = setInterval(() => {
    version = 1 - version;
    void writePointer(run, { serving: version, earlier: [] });
  }, 1500);
  const swapped = await fire(ours.url, { amount: 20_000 });
  clearInterval(swapping);
  console.log(`swaps under load: ${swapped.answered} answered, ${swapped.lost} lost`);

  for (let minute = 0; minute < minutes; minute++) {
    await fire(ours.url, { duration: 60, overallRate: half });
    const [rss, heap] = [
      await figure(ours.url, 'process_resident_memory_bytes'),
      await figure(ours.url, 'nodejs_heap_size_used_bytes'),
    ];
    console.log(
      `minute ${minute + 1}: ${Math.round(rss / 1e6)} MB resident, ${Math.round(heap / 1e6)} MB of heap`,
    );
  }
} finally {
  await ours.stop();
  constant.stop();
  rmSync(folder, { recursive: true, force: true });
}
