import { expect, test } from '@jest/globals';
import { askedAgain, memoryLog, openService, type RecommendationRecord } from '../src/index.js';
import { recordsOf, toyRecommender } from './toy.js';

const recommender = toyRecommender(1, { rewardsInState: true });
const models = { serving: { version: '0', recommender } };

async function opened(log = memoryLog()) {
  const service = await openService({ models, log, temperature: 0, now: () => 1000 });
  const last = async () => (await recordsOf(log.records())).at(-1) as RecommendationRecord;
  return { service, log, last };
}

test('a policy that plans visits is asked with all that the visit has shown, liked or not, and no more', async () => {
  const { service, log, last } = await opened();
  const ask = (session: string, user = 'user-3') => service.recommend({ user, session, k: 1 });
  const first = await ask('monday');
  expect((await last()).visit).toEqual([]);
  await service.record([{ id: 'a', eventId: first.eventId, reward: -1 }]);
  const second = await ask('monday');
  await service.record([{ id: 'b', eventId: second.eventId, reward: 0.5 }]);
  await service.record([{ id: 'c', eventId: second.eventId, reward: -1 }]); // the first that came counts
  const third = await ask('monday');
  const [one, two] = [first.items[0]!.item, second.items[0]!.item];
  // Rewards from −1 to 1 on the log's scale from 1 to 5.
  const visit = [
    { item: one, rating: 1 },
    { item: two, rating: 4 },
  ];
  const record = await last();
  expect(record.visit).toEqual(visit);
  expect(third.items[0]).toMatchObject(recommender.recommend({ user: 'user-3', visit }, { k: 1 })[0]!);
  expect(askedAgain(recommender, record).items[0]).toMatchObject({ item: third.items[0]!.item });

  await ask('monday', 'user-4'); // somebody else's visit of the same name
  expect((await last()).visit).toEqual([]);

  const reopened = await opened(log);
  await reopened.service.recommend({ user: 'user-4', session: 'monday', k: 1 });
  expect((await reopened.last()).visit).toHaveLength(1);
  await reopened.service.forget('user-4');
  await reopened.service.recommend({ user: 'user-4', session: 'monday', k: 1 });
  expect((await reopened.last()).visit).toEqual([]);
});

test('of which nothing was heard, earned 0; what is not activated is not shown', async () => {
  const { service, last } = await opened();
  const shown = await service.recommend({ user: 'user-3', session: 's', k: 1 });
  const later = await service.recommend({ user: 'user-3', session: 's', k: 1, activate: false });
  await service.recommend({ user: 'user-3', session: 's', k: 1, activate: false });
  expect((await last()).visit).toEqual([{ item: shown.items[0]!.item, rating: 3 }]);
  await service.activate(later.eventId);
  await service.recommend({ user: 'user-3', session: 's', k: 1, activate: false });
  expect((await last()).visit).toHaveLength(2);
});
