import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { openSegmentLog } from '@rl-recsys/serving/folder';
import { post, startServer, toyRun } from './toy-run.js';

/** How often the server is killed: `RL_RECSYS_KILLS=50` for a proof. */
const KILLS = Number(process.env['RL_RECSYS_KILLS'] ?? 3);
const CLIENTS = 8;

interface Known {
  /** Events that were accepted, each with its recommendation. */
  readonly accepted: Map<string, string>;
  next: number;
}

/** Asks, and rewards what was answered, until nobody answers any more. */
async function client(url: string, known: Known, random: Random): Promise<void> {
  try {
    for (;;) {
      const user = `user-${1 + random.integer(1000)}`; // most of them new, so that nobody has seen everything
      const { status, body } = await post(`${url}/v1/recommendations`, { user, k: 3 });
      if (status !== 200) return;
      const { eventId, items } = body as { eventId: string; items: { item: string }[] };
      const events = items
        .slice(0, 1 + random.integer(3))
        .map(({ item }) => ({ id: `r-${known.next++}`, eventId, item, reward: random.integer(3) - 1 }));
      const taken = await post(`${url}/v1/events`, { events });
      if (taken.status !== 202) return;
      const outcomes = (taken.body as { events: { id: string; status: string }[] }).events;
      for (const { id, status: outcome } of outcomes)
        if (outcome === 'accepted') known.accepted.set(id, eventId);
    }
  } catch {
    return; // the server is gone
  }
}

test(
  `kill -9 at ${KILLS} random moments loses no event that was accepted, and none comes twice`,
  async () => {
    const folder = await toyRun();
    const random = Random.fromSeed('kills');
    const known: Known = { accepted: new Map(), next: 0 };
    for (let kill = 0; kill < KILLS; kill++) {
      const server = await startServer(folder, '--no-auth', '--rate', '1000000');
      const clients = Array.from({ length: CLIENTS }, (_, number) =>
        client(server.url, known, random.fork(`${kill}-${number}`)),
      );
      // However slow the machine is: once some were accepted, at no moment in particular.
      const enough = known.accepted.size + 10 + random.integer(40);
      while (known.accepted.size < enough) await sleep(1 + random.integer(20));
      await server.stop('SIGKILL');
      await Promise.all(clients);
    }
    const log = await openSegmentLog(join(folder, 'feedback/toy'));
    const seen = new Map<string, number>();
    const recommended = new Set<string>();
    for await (const { record } of log.records()) {
      if (record.kind === 'recommendation') recommended.add(record.eventId);
      if (record.kind !== 'reward') continue;
      expect(recommended.has(record.eventId!)).toBe(true); // it stands before what answers it
      seen.set(record.id, (seen.get(record.id) ?? 0) + 1);
    }
    await log.close();
    const counts = [...known.accepted.keys()].map((id) => seen.get(id) ?? 0);
    console.log(`${KILLS} kills: ${counts.length} events accepted, ${seen.size} in the log`);
    expect(counts.length).toBeGreaterThan(10 * KILLS);
    expect(counts.filter((count) => count !== 1)).toEqual([]);
    expect([...seen.values()].filter((count) => count > 1)).toEqual([]);
  },
  60_000 + 20_000 * KILLS,
);
