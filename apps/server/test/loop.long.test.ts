import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { cli, post, startServer, toyRun } from './toy-run.js';

/** What items of even numbers earn, and what others do. */
const rewardOf = (item: string) => (Number(item.slice('item-'.length)) % 2 === 0 ? 1 : -1);

/** Two means of as many visits differ by chance by less than .1, one standard error; what is promoted earns about .5 more. */
const VISITS = 400;

interface Answer {
  readonly eventId: string;
  readonly model: string;
  readonly items: readonly { readonly item: string }[];
}

/** Visits of two items each, as many at once as a browser would: what each model's earned on average. */
async function visits(url: string, name: string, count: number): Promise<Map<string, number>> {
  const earned = new Map<string, number[]>();
  const visit = async (number: number) => {
    const asked = { user: `user-${1 + (number % 30)}`, session: `${name}-${number}`, k: 2 };
    const answer = (await post(`${url}/v1/recommendations`, asked)).body as Answer;
    const { eventId, model, items } = answer;
    const events = items.map(({ item }) => ({
      id: `${eventId}-${item}`,
      eventId,
      item,
      reward: rewardOf(item),
    }));
    expect((await post(`${url}/v1/events`, { events })).status).toBe(202);
    const sum = events.reduce((all, { reward }) => all + reward, 0);
    earned.set(model, [...(earned.get(model) ?? []), sum]);
  };
  for (let first = 0; first < count; first += 10)
    await Promise.all(Array.from({ length: 10 }, (_, place) => visit(first + place)));
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  return new Map(Array.from(earned, ([model, values]) => [model, mean(values)]));
}

test('over HTTP: served, logged, learned, judged, tried, promoted; and not learned again from the same', async () => {
  const folder = await toyRun({ plansVisits: true });
  const server = await startServer(
    folder,
    '--no-auth',
    '--waiting-time',
    '1',
    '--temperature',
    '0.5',
    '--rate',
    '100000',
  );
  const learn = async (least = 200) => {
    await sleep(2200); // a recommendation waits a second, and a session may take one
    const waits = ['--waiting-time', '1', '--session-time', '1'];
    const rest = ['--sessions', String(least), '--canary', '0.5', '--most-items', '2', '--most', '2000'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [cli, 'learn', '--run', 'runs/toy', ...waits, ...rest],
      { cwd: folder },
    );
    return stdout;
  };
  const before = (await visits(server.url, 'before', VISITS)).get('0')!;
  const learned = await learn();
  expect(learned).toContain(
    `feedback/toy: ${VISITS} sessions are over, of ${VISITS} recommendations; 0 still wait`,
  );
  expect(learned).toMatch(/learning from \d{2,3} sessions; \d{2,3} others of version 0 are kept to judge by/);
  expect(learned).toMatch(/a step of [\d.]+ % towards it earns .* as the log tells: effective sample \d+/);
  expect(learned).toMatch(/version 1 is tried on 50 % of sessions, beside version \d/);

  let judged = '';
  for (let round = 0; round < 5 && !judged.includes('is promoted'); round++) {
    await visits(server.url, `round-${round}`, 300);
    judged = await learn();
    expect(judged).not.toMatch(/rejected|undecided/);
  }
  expect(judged).toMatch(
    /version 1 is promoted; a session of it earns \+[\d.]+ to \+[\d.]+ more than one of/,
  );
  expect(await learn(2000)).toMatch(
    /nothing is learned before there are 2000 sessions since version 1 was learned .*: there are \d{2,4}\n/,
  );

  const after = await visits(server.url, 'after', VISITS);
  expect([...after.keys()]).toEqual(['1']);
  expect(after.get('1')!).toBeGreaterThan(before + 0.1);
  expect(await server.stop()).toBe(0);
}, 600_000);
