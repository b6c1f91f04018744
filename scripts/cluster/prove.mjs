// Three hosts, a Redis, a learner and actors, learn Pendulum while processes are killed and links cut at random moments. Every transition that Redis
// acknowledged must be learned from once, in its actor's order, and the policy must be as good as those that nothing disturbed.
//
//   npm run prove:cluster -- --kills 50 --cuts 10 --seeds 4
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '@rl-recsys/random';
import { hasNamespaces, namespaceHosts, processHosts } from './hosts.mjs';
import { judge } from './ledger.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    cuts: { type: 'string', default: '10' },
    steps: { type: 'string', default: '12000' },
    seeds: { type: 'string', default: '4' },
    actors: { type: 'string', default: '3' },
    random: { type: 'string', default: '1' },
  },
});
const [kills, cuts, seeds, actors] = ['kills', 'cuts', 'seeds', 'actors'].map((name) => Number(values[name]));
const random = Random.fromSeed(Number(values.random));
const script = fileURLToPath(new URL('roles.mjs', import.meta.url));
let running = {};
const hosts = hasNamespaces() ? namespaceHosts() : processHosts(() => running.redis);
console.log(`${hosts.kind}, ${actors} actors`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
process.once('exit', () => {
  for (const each of Object.values(running)) each.kill('SIGKILL');
  hosts.remove();
});

const undisturbed = [];
for (let seed = 1; seed <= seeds; seed++) {
  const { mean, seconds, verdict, staleness } = await play(seed, []);
  undisturbed.push(mean);
  console.log(
    `undisturbed, seed ${seed}: return ${mean.toFixed(1)} after ${seconds.toFixed(0)} s, staleness ${staleness?.toFixed(1)} updates; ${words(verdict)}`,
  );
}
const events = [...Array.from({ length: kills }, () => 'kill'), ...Array.from({ length: cuts }, () => 'cut')];
for (let place = events.length - 1; place > 0; place--) {
  const other = random.integer(place + 1);
  [events[place], events[other]] = [events[other], events[place]];
}
const { mean, seconds, verdict, counts } = await play(1, events);
console.log(
  `disturbed: return ${mean.toFixed(1)} after ${seconds.toFixed(0)} s of its last learner; ${words(verdict)}; ${JSON.stringify(counts)}`,
);
let isGood = verdict.lost + verdict.twice + verdict.outOfOrder === 0;
if (undisturbed.length > 1) {
  const average = undisturbed.reduce((sum, each) => sum + each, 0) / undisturbed.length;
  const deviation = Math.sqrt(
    undisturbed.reduce((sum, each) => sum + (each - average) ** 2, 0) / (undisturbed.length - 1),
  );
  // A prediction interval of 95 % for one more, by Student's t of 4 degrees and fewer.
  const t = [NaN, 12.71, 4.3, 3.18, 2.78][Math.min(4, undisturbed.length - 1)];
  const half = t * deviation * Math.sqrt(1 + 1 / undisturbed.length);
  const isWithin = Math.abs(mean - average) <= half;
  console.log(
    `undisturbed returns: ${average.toFixed(1)} ± ${half.toFixed(1)}; the disturbed one is ${isWithin ? 'within' : 'OUTSIDE'}`,
  );
  isGood &&= isWithin;
}
process.exit(isGood ? 0 : 1);

/** Learns once, with these disturbances on the way, and says what came of it. */
async function play(seed, events) {
  const folder = mkdtempSync(join(tmpdir(), 'prove-cluster-'));
  const [port, password] = [6400 + seed, 'of-a-proof'];
  const url = `redis://:${password}@${hosts.redisAddress}:${port}`;
  const environment = {
    ...process.env,
    REDIS: url,
    SEED: String(seed),
    STEPS: values.steps,
    DELAY: '2',
    LEASE: '1500',
  };
  const acknowledged = new Map();
  const counts = {};
  let [next, outcome] = [1, undefined];
  const node = (host, ...args) =>
    hosts.spawn(host, process.execPath, [script, ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const starts = {
    redis() {
      const server = hosts.spawn('redis', 'redis-server', ['-'], { stdio: ['pipe', 'ignore', 'inherit'] });
      server.stdin.end(
        [
          `bind ${hosts.redisAddress}`,
          `port ${port}`,
          `dir ${JSON.stringify(folder)}`,
          `requirepass ${password}`,
        ]
          .concat(['appendonly yes', 'appendfsync everysec', 'save ""', 'maxmemory-policy noeviction', ''])
          .join('\n'),
      );
      return server;
    },
    learner() {
      const learner = node('learner', 'learner', folder);
      createInterface(learner.stdout).on('line', (line) => {
        if (line.startsWith('done ')) outcome = JSON.parse(line.slice(5));
      });
      return learner;
    },
    actor() {
      const number = next++; // a process that takes another's place is another actor
      const actor = node('actors', 'actor', String(number));
      createInterface(actor.stdout).on('line', (line) =>
        acknowledged.set(number, Number(line.split(' ')[1])),
      );
      return actor;
    },
  };
  running = { redis: starts.redis(), learner: starts.learner() };
  for (let actor = 1; actor <= actors; actor++) running[`actor ${actor}`] = starts.actor();
  let isOver = false;
  const over = (async () => {
    for (;;) {
      const { learner } = running;
      const [code] =
        learner.exitCode === null && learner.signalCode === null
          ? await once(learner, 'exit')
          : [learner.exitCode];
      if (code === 0) break;
      if (code !== null) throw new Error(`the learner ended with ${code}`);
      await sleep(50); // it was killed, and is started again
    }
    isOver = true;
  })();
  const disturb = async () => {
    for (const event of events) {
      await sleep(300 + 900 * random.uniform());
      if (isOver) throw new Error('the run was over before all disturbances: give it more --steps');
      if (event === 'cut') {
        const host = ['redis', 'learner', 'actors'][random.integer(3)];
        hosts.cut(host);
        await sleep(500 + 5500 * random.uniform()); // some are longer than a connection is silent
        hosts.mend(host);
        counts[`cut ${host}`] = (counts[`cut ${host}`] ?? 0) + 1;
      } else {
        const victim = ['redis', 'learner', 'actor 1', 'actor 2'][random.integer(4)];
        const old = running[victim];
        const ended = once(old, 'exit');
        old.kill('SIGKILL');
        await ended;
        if (isOver) return;
        running[victim] = starts[victim.split(' ')[0]]();
        counts[victim.split(' ')[0]] = (counts[victim.split(' ')[0]] ?? 0) + 1;
      }
    }
  };
  await Promise.all([over, disturb()]);
  await sleep(300);
  // What came after the end is still in Redis: nobody was to learn from it.
  const looking = node('learner', 'leftover');
  let text = '';
  looking.stdout.on('data', (data) => (text += data));
  await once(looking, 'close');
  const leftover = JSON.parse(text);
  for (const [name, each] of Object.entries(running)) if (name !== 'redis') each.kill('SIGKILL');
  const ended = once(running.redis, 'exit');
  running.redis.kill('SIGKILL');
  await ended;
  rmSync(folder, { recursive: true, force: true });
  const { ledger, ...figures } = outcome;
  return { ...figures, counts, verdict: judge(ledger, acknowledged, leftover) };
}

function words({ acknowledged, held, lost, twice, outOfOrder, left }) {
  return `${acknowledged} acknowledged, ${held} learned from, ${lost} lost, ${twice} twice, ${outOfOrder} out of order (${left} left when it was over)`;
}
