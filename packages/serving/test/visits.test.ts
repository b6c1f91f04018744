import { expect, test } from '@jest/globals';
import { askedAgain, memoryLog, openService, type RecommendationRecord } from '../src/index.js';
import { Visits } from '../src/service/visits.js';
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

test('of a long visit the latest hundred items are kept; one that is shown again is as new, with what it earns from then on', () => {
  const visits = new Visits(1000);
  const scale = { min: -1, max: 1 };
  const show = (eventId: string, ...items: string[]) =>
    visits.shown(
      {
        eventId,
        request: { user: 'ann', session: 's', k: 10 },
        items: items.map((item) => ({ item, score: 0, probability: 1 })),
      } as unknown as RecommendationRecord,
      0,
    );
  const seen = () => visits.of('s', 'ann', (item) => item !== 'gone', scale);
  show('first', 'a', 'gone', 'b');
  visits.earned('s', 'first', 'a', 0.5);
  visits.earned('s', 'first', 'a', -1); // the first counts
  visits.earned('s', 'first', 'z', 1); // was not shown
  visits.earned('s', 'other', 'b', 1); // not by this answer
  expect(seen()).toEqual([
    { item: 'a', rating: 0.5 },
    { item: 'b', rating: 0 },
  ]);
  show('second', 'a');
  expect(seen()).toEqual([
    { item: 'b', rating: 0 },
    { item: 'a', rating: 0 },
  ]);
  visits.earned('s', 'second', 'a', 1);
  for (let answer = 0; answer < 9; answer++) {
    show(`${answer}`, ...Array.from({ length: 11 }, (_, place) => `${answer}-${place}`));
  }
  // The later answers have a hundred items: "b" is forgotten with the first one, and "a" is not, which the second one shows too.
  expect(seen()).toHaveLength(100);
  expect(seen()[0]).toEqual({ item: 'a', rating: 1 });
  show('last', 'x', 'y');
  expect(seen()).toHaveLength(101);
  expect(seen()[0]).toEqual({ item: '0-0', rating: 0 });
  show('more', 'a'); // what it earned before is forgotten
  expect(seen().at(-1)).toEqual({ item: 'a', rating: 0 });
});
