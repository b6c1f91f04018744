import { expect, test } from '@jest/globals';
import { memoryStorage } from '@rl-recsys/recommender';
import { FRESH_LIKES, memoryLog, openService, type FeedbackLog } from '../src/index.js';
import { toyRecommender } from './toy.js';

const models = { serving: { version: '0', recommender: toyRecommender() } };

/** A log that outlives who opened it, and tells since when it was read. */
function lasting(): { readonly log: FeedbackLog; readonly since: (number | undefined)[] } {
  const inner = memoryLog();
  const since: (number | undefined)[] = [];
  const records = (from?: number) => {
    since.push(from);
    return inner.records(from);
  };
  const log = { ...inner, records, close: () => Promise.resolve() };
  return { log, since };
}

const likes = (id: string, user: string, item: string, reward: number) => [{ id, user, item, reward }];

test('what users did is known again without what of the log is older, and as if all of it had been read', async () => {
  const { log, since } = lasting();
  const summary = memoryStorage();
  const clock = { now: 1000 };
  const open = (given: object) =>
    openService({ models, log, temperature: 0, waitingTime: 100, now: () => clock.now, ...given });
  const first = await open({ summary });
  await first.record(likes('a', 'user-1', 'item-1', 1));
  await first.record(likes('b', 'user-1', 'item-2', -1));
  await first.record(likes('c', 'user-2', 'item-3', 0.5));
  clock.now = 5000;
  await first.keep();
  await first.record(likes('d', 'user-1', 'item-1', -1)); // after it was kept, and never written down there
  await first.record(likes('e', 'user-3', 'item-4', 1));

  clock.now = 9000;
  const again = await open({ summary });
  expect(since).toEqual([-Infinity, 4900]); // as much as may have been on its way to the disk
  const whole = await open({});
  expect(since[2]).toBe(-Infinity);
  for (const user of ['user-1', 'user-2', 'user-3', 'user-4']) {
    const asked = { user, k: 5 };
    const [{ eventId: one, ...answer }, { eventId: other, ...expected }] = [
      await again.recommend({ ...asked, eventId: `again-${user}` }),
      await whole.recommend({ ...asked, eventId: `whole-${user}` }),
    ];
    expect(answer).toEqual(expected); // at temperature 0 it does not depend on the id
    expect(one).not.toBe(other);
  }
});

test('who is forgotten is not in it, and one that is broken is as none', async () => {
  const { log, since } = lasting();
  const summary = memoryStorage();
  const service = await openService({ models, log, summary });
  await service.record(likes('a', 'user-1', 'item-1', 1));
  await service.record(likes('b', 'user-2', 'item-1', 1));
  await service.keep();
  const text = async () => new TextDecoder().decode(await summary.read(FRESH_LIKES));
  expect(await text()).toContain('user-1');
  await service.forget('user-1');
  expect(await text()).not.toContain('user-1');
  expect(await text()).toContain('user-2');
  await service.retain(Date.now() + 1000);
  expect(await text()).not.toContain('user-2');
  await service.close();
  await summary.write(FRESH_LIKES, new TextEncoder().encode('{"at":'));
  await openService({ models, log, summary });
  expect(since).toEqual([-Infinity, -Infinity]);
});
