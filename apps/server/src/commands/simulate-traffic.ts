import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Canary } from '@rl-recsys/off-policy';
import { readPointer, readTrials } from '@rl-recsys/serving/folder';
import { simulatedWorld } from '@rl-recsys/simulators';
import { trialSentence } from '../learning/judge-canary.js';
import { useWasmBackend } from '../run/use-backend.js';
import { Curves } from '../simulation/curves.js';
import { openLivePage } from '../simulation/live-page.js';
import { writeMatrixFactorisation } from '../simulation/matrix-factorisation-run.js';
import { startCommand, type OwnCommand } from '../simulation/own-command.js';
import { Traffic } from '../simulation/traffic.js';
import type { Visited } from '../simulation/visitors.js';

/** What is simulated. */
export interface SimulateTrafficOptions {
  readonly seed: number;
  readonly port: number;
  /** Sessions before the first lesson. */
  readonly sessions: number;
  /** The share of sessions that the new version is tried on. */
  readonly canary: number;
}

/** Seconds: simulated users don't think. */
const WAITS = { waitingTime: 2, sessionTime: 6 };
/** Visits after which a canary ends undecided, and those that are served once it is decided. */
const [MOST, AFTERWARDS] = [6000, 500];

/**
 * Plays the loop in front of whoever watches: serves a matrix factorisation to simulated users over HTTP, learns from what they did,
 * tries what was learned beside it, and promotes it.
 *
 * @throws Error where the port is in use, or the server or learning failed.
 */
export async function simulateTraffic({
  seed,
  port,
  sessions,
  canary,
}: SimulateTrafficOptions): Promise<void> {
  const began = performance.now();
  const page = await openLivePage(port);
  const say = (line: string) => {
    console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
    page.say(line);
  };
  say(`draws all this on ${page.url}`);
  const run = freeFolder(`runs/traffic-seed-${seed}`);
  const { world, trained: users } = simulatedWorld(seed);
  const { sessionLength } = world.dynamics;
  await useWasmBackend();
  await writeMatrixFactorisation(run, seed, sessionLength);
  say(`${run}: a matrix factorisation of the log that another recommender left`);

  const feedback = join('feedback', basename(run));
  const rest = ['--waiting-time', String(WAITS.waitingTime), '--rate', '1000000', '--port', '0', '--no-auth'];
  const { server, url } = await startServer(['serve', '--run', run, '--feedback', feedback, ...rest], say);
  const learn = async () => {
    await pause(1000 * (WAITS.waitingTime + WAITS.sessionTime + 1)); // what is the last of a log waits as long as all
    const given = {
      ...{ run, feedback, canary, 'waiting-time': WAITS.waitingTime, 'session-time': WAITS.sessionTime },
      ...{ seed, most: MOST, 'most-items': sessionLength, sessions: Math.floor(sessions * 0.9) },
    };
    const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const code = await startCommand(['learn', ...args], (line) => say(`learn: ${line}`)).over;
    if (code !== 0) throw new Error('learn: failed, see above');
  };
  try {
    const curves = new Curves(page, sessionLength);
    const means = new Means();
    const range = { low: -sessionLength, high: sessionLength };
    const trial = new Canary({ range, share: canary, most: MOST });
    let isTried = false;
    const traffic = new Traffic({ world, users, seed, url }, (visited) => {
      curves.add(visited);
      means.add(visited);
      if (!isTried) return;
      trial.observe(visited.arm, visited.earned);
      if (visited.visit % 20 === 0) curves.interval(visited.visit, trial.status());
    });
    await traffic.go(sessions);
    say(`${sessions} sessions were served: ${means.take()}`);
    await learn();
    await pause(2500); // a server looks for new versions every second
    const isDecided = () => trial.status().decision !== 'running';
    for (isTried = true; isTried;) {
      await traffic.go(MOST, isDecided);
      await learn();
      isTried = (await readPointer(run)).canary !== undefined;
      if (isTried) await traffic.go(200);
    }
    say(`while it was tried: ${means.take()}`);
    await pause(2500);
    await traffic.go(AFTERWARDS);
    say(`afterwards: ${means.take()}`);
    const last = (await readTrials(run)).at(-1)!;
    page.end(`It is over: ${trialSentence(last)}.`);
    process.exitCode = last.status?.decision === 'promote' && last.status.gain.low > 0 ? 0 : 1;
  } finally {
    server.process.kill('SIGTERM');
    await server.over;
    await page.close();
  }
}

/** What visits earned on average, by version. */
class Means {
  private earned = new Map<string, number[]>();

  add({ model, earned }: Visited): void {
    this.earned.set(model, [...(this.earned.get(model) ?? []), earned]);
  }

  take(): string {
    const parts = Array.from(this.earned, ([model, values]) => {
      const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
      return `version ${model} earned ${mean.toFixed(2)} a session (${values.length})`;
    });
    this.earned = new Map();
    return parts.join(', ');
  }
}

async function startServer(
  args: readonly string[],
  say: (line: string) => void,
): Promise<{ readonly server: OwnCommand; readonly url: string }> {
  let found: (url: string) => void;
  const url = new Promise<string>((resolve) => (found = resolve));
  const server = startCommand(args, (line) => {
    say(`serve: ${line}`);
    const address = /on (http:\S+)$/.exec(line)?.[1];
    if (address !== undefined) found(address);
  });
  const failed = server.over.then(() => {
    throw new Error('serve: ended, see above');
  });
  failed.catch(() => undefined); // it ends when it is told to, too
  return { server, url: await Promise.race([url, failed]) };
}

/** The folder, or where there is one already the first that there is none of with a number behind. */
function freeFolder(folder: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? folder : `${folder}-${number}`;
    if (!existsSync(name)) return name;
  }
}
