import { describe, expect, test } from '@jest/globals';
import {
  askedAgain,
  assignArm,
  memoryLog,
  openService,
  RequestError,
  slotProbabilities,
  utilitiesOf,
  type FeedbackLog,
  type RecommendationRecord,
  type ServiceOptions,
} from '../src/index.js';
import { openSegmentLog } from '../src/folder.js';
import { recordsOf, temporaryFolder, toyRecommender } from './toy.js';

const recommender = toyRecommender();
const other = toyRecommender(2);
const models = { serving: { version: '0', recommender } };

/** A service and its log, whose clock stands where it is set to. */
async function opened(options: Partial<ServiceOptions> = {}) {
  const log = options.log ?? memoryLog();
  const clock = { now: 1000 };
  const service = await openService({ models, now: () => clock.now, ...options, log });
  const recommendations = async () =>
    (await recordsOf(log.records())).filter((each) => each.kind === 'recommendation');
  return { service, log, clock, recommendations };
}

const strip = (items: readonly { item: string; score: number | null }[]) =>
  items.map(({ item, score }) => ({ item, score }));
const recommended = (asker: Parameters<typeof recommender.recommend>[0], k = 5, options = {}) =>
  strip(recommender.recommend(asker, { k, ...options }));

describe('an answer', () => {
  test('without a temperature is what the recommender recommends', async () => {
    const { service } = await opened({ temperature: 0 });
    const asked = [
      service.recommend({ user: 'user-3', k: 5 }),
      service.recommend({ history: ['item-1', { item: 'item-9', rating: 2 }], k: 5 }),
      service.recommend({ user: 'nobody', k: 5 }),
      service.recommend({
        user: 'user-3',
        k: 5,
        exclude: ['item-2'],
        candidates: ['item-2', 'item-7', 'item-8'],
      }),
    ];
    const answers = await Promise.all(asked);
    expect(strip(answers[0]!.items)).toEqual(recommended('user-3'));
    expect(strip(answers[1]!.items)).toEqual(
      recommended({ history: ['item-1', { item: 'item-9', rating: 2 }] }),
    );
    expect(strip(answers[2]!.items)).toEqual(recommended('nobody'));
    const options = { exclude: ['item-2'], within: ['item-2', 'item-7', 'item-8'] };
    expect(strip(answers[3]!.items)).toEqual(recommended('user-3', 5, options));
    expect(answers.flatMap(({ items }) => items).every(({ probability }) => probability === 1)).toBe(true);
    expect(service.figures()).toMatchObject({ batches: 1, answered: { serving: 4 } });
    expect(answers[0]).toMatchObject({ model: '0', arm: 'serving' });
  });

  test('at a temperature has the recommender’s scores, and probabilities that can be computed again', async () => {
    const { service, recommendations } = await opened({ temperature: 0.2, poolSize: 20 });
    const scores = new Map(
      recommender.recommend('user-3', { k: 60 }).map(({ item, score }) => [item, score]),
    );
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => service.recommend({ user: 'user-3', k: 3 })),
    );
    expect(new Set(answers.map(({ items }) => items[0]!.item)).size).toBeGreaterThan(1);
    for (const { items } of answers)
      for (const { item, score } of items) expect(score).toBe(scores.get(item));
    for (const record of await recommendations()) {
      const { pool, items, temperature } = record;
      expect(pool).toHaveLength(20);
      const ranked = askedAgain(recommender, record);
      const drawn = items.map(({ item }) => ranked.items.findIndex((each) => each.item === item));
      const again = slotProbabilities(utilitiesOf(ranked), drawn, temperature);
      for (const [slot, { probability }] of items.entries()) expect(again[slot]).toBeCloseTo(probability, 6);
    }
  });

  test('to users of whom nothing is known is drawn from what is popular', async () => {
    const { service, recommendations } = await opened();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => service.recommend({ user: 'x', k: 1 })),
    );
    expect(new Set(answers.map(({ items }) => items[0]!.item)).size).toBeGreaterThan(1);
    expect((await recommendations())[0]!.by).toBe('popularity');
  });

  test('by the same id is the same, at once, later, and after the models changed', async () => {
    const { service, recommendations } = await opened();
    const request = { eventId: 'once', user: 'user-5', k: 4 };
    const twice = await Promise.all([service.recommend(request), service.recommend(request)]);
    service.swap({ serving: { version: '1', recommender: other } });
    expect([twice[1], await service.recommend(request)]).toEqual([twice[0], twice[0]]);
    expect(await recommendations()).toHaveLength(1);
    const { service: elsewhere } = await opened();
    expect(await elsewhere.recommend(request)).toEqual(twice[0]);
    await expect(service.recommend({ ...request, k: 5 })).rejects.toThrow(
      'eventId: expected a new id, or the same',
    );
  });

  test('is refused to one of several without harm to the others', async () => {
    const { service } = await opened({ temperature: 0 });
    const refused = async (request: object, sentence: string) => {
      const [bad, good] = await Promise.allSettled([
        service.recommend({ user: 'user-1', k: 1, ...request }),
        service.recommend({ user: 'user-3', k: 5 }),
      ]);
      expect(bad).toMatchObject({ status: 'rejected', reason: { message: sentence } });
      expect(good.status === 'fulfilled' && strip(good.value.items)).toEqual(recommended('user-3'));
    };
    await refused({ exclude: ['item-1', 'x'] }, 'exclude[1]: expected an item of the catalogue, got "x"');
    await refused({ candidates: ['y'] }, 'candidates[0]: expected an item of the catalogue, got "y"');
    await refused(
      { user: undefined, history: ['z'] },
      'history[0]: expected an item of the catalogue, got "z"',
    );
    const off = { user: undefined, history: [{ item: 'item-1', rating: 6 }] };
    await refused(off, 'history[0].rating: expected a rating from 1 to 5, got 6');
  });
});

describe('what answers earned', () => {
  test('is taken once, with its recommendation, and changes the next answer', async () => {
    const { service, log } = await opened({ temperature: 0 });
    const { eventId, items } = await service.recommend({ user: 'user-3', k: 2 });
    const [liked, disliked] = items.map(({ item }) => item);
    const events = [
      { id: 'r-1', eventId, reward: 1 },
      { id: 'r-2', eventId, item: disliked!, reward: -1 },
    ];
    const outcomes = await service.record([...events, events[0]!]);
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'repeated']);
    expect((await service.record(events)).map(({ status }) => status)).toEqual(['repeated', 'repeated']);
    const since = [
      { item: liked!, rating: 5 },
      { item: disliked!, rating: 1 },
    ];
    const next = await service.recommend({ user: 'user-3', k: 5 });
    expect(strip(next.items)).toEqual(recommended({ user: 'user-3', since }));
    const records = await recordsOf(log.records());
    expect(records.map(({ kind }) => kind)).toEqual(['recommendation', 'reward', 'reward', 'recommendation']);
    expect(records[1]).toMatchObject({ id: 'r-1', user: 'user-3', item: liked, reward: 1 });
    expect((records[3] as RecommendationRecord).since).toEqual(since);
  });

  test('that users found by themselves makes somebody known', async () => {
    const { service } = await opened({ temperature: 0 });
    await service.record([{ id: 'r', user: 'newcomer', item: 'item-4', reward: 1 }]);
    const { items } = await service.recommend({ user: 'newcomer', k: 5 });
    expect(strip(items)).toEqual(recommended({ history: ['item-4'] }));
  });

  test('is refused where there is no such recommendation or item, and told where it is late', async () => {
    const { service, clock } = await opened({ waitingTime: 100 });
    const { eventId } = await service.recommend({ user: 'user-3', k: 1 });
    const [unknown, stray] = await service.record([
      { id: 'r-1', eventId: 'never', reward: 1 },
      { id: 'r-2', eventId, item: 'nothing', reward: 1 },
    ]);
    expect(unknown).toMatchObject({
      status: 'refused',
      message: expect.stringMatching(/^events\[0\]\.eventId: /),
    });
    expect(stray).toMatchObject({
      status: 'refused',
      message: expect.stringMatching(/^events\[1\]\.item: /),
    });
    clock.now += 101;
    const [late] = await service.record([{ id: 'r-2', eventId, reward: 1 }]);
    expect(late).toEqual({ id: 'r-2', status: 'late' });
    expect(service.figures().events).toEqual({ accepted: 0, late: 1, repeated: 0, refused: 2 });
  });

  test('and was shown later is activated once', async () => {
    const { service, log, clock } = await opened({ waitingTime: 100 });
    const { eventId } = await service.recommend({ user: 'user-3', k: 1, activate: false });
    clock.now += 90;
    await Promise.all([service.activate(eventId), service.activate(eventId)]);
    await service.activate(eventId);
    clock.now += 90;
    expect(await service.record([{ id: 'r', eventId, reward: 1 }])).toEqual([
      { id: 'r', status: 'accepted' },
    ]);
    const kinds = (await recordsOf(log.records())).map(({ kind }) => kind);
    expect(kinds).toEqual(['recommendation', 'activation', 'reward']);
    await expect(service.activate('never')).rejects.toThrow('id: expected a recommendation');
  });

  test('is remembered when the service is opened again', async () => {
    const folder = temporaryFolder();
    const { service } = await opened({ log: await openSegmentLog(folder), temperature: 0 });
    const request = { eventId: 'before', user: 'user-3', k: 2 };
    const before = await service.recommend(request);
    await service.record([{ id: 'r', eventId: 'before', reward: 1 }]);
    await service.close();
    const { service: again } = await opened({ log: await openSegmentLog(folder), temperature: 0 });
    expect(await again.recommend(request)).toEqual(before);
    expect(await again.record([{ id: 'r', eventId: 'before', reward: 1 }])).toEqual([
      { id: 'r', status: 'repeated' },
    ]);
    const { items } = await again.recommend({ user: 'user-3', k: 5 });
    const since = [{ item: before.items[0]!.item, rating: 5 }];
    expect(strip(items)).toEqual(recommended({ user: 'user-3', since }));
    await again.close();
  });

  test('can’t be told of what was not written down, and can be once the log takes it', async () => {
    const log = memoryLog();
    let isFull = true;
    const append: FeedbackLog['append'] = (record) =>
      isFull ? Promise.reject(new Error('no space is left')) : log.append(record);
    const { service } = await opened({ log: { ...log, append } });
    const { eventId, items } = await service.recommend({ user: 'user-3', k: 1 });
    expect(items).toHaveLength(1); // answered all the same
    const [refused] = await service.record([{ id: 'r-1', eventId, reward: 1 }]);
    expect(refused).toMatchObject({ status: 'refused', message: expect.stringContaining('written down') });
    const own = { id: 'r-2', user: 'user-3', item: 'item-1', reward: 1 };
    const failed = await service.record([own]).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(RequestError);
    expect(failed).toMatchObject({
      refusal: 'unavailable',
      message: expect.stringContaining('no space is left'),
    });
    expect(service.trouble?.message).toBe('no space is left');
    isFull = false;
    expect(await service.record([own])).toEqual([{ id: 'r-2', status: 'accepted' }]);
    expect([service.trouble, service.figures().unlogged]).toEqual([undefined, 1]);
  });

  test('is gone once its user is forgotten', async () => {
    const { service, log } = await opened({ temperature: 0 });
    const { eventId } = await service.recommend({ user: 'user-3', k: 1 });
    await service.recommend({ user: 'user-4', k: 1 });
    await service.record([{ id: 'r', eventId, reward: 1 }]);
    expect(await service.forget('user-3')).toBe(2);
    expect(JSON.stringify(await recordsOf(log.records()))).not.toContain('user-3');
    expect(strip((await service.recommend({ user: 'user-3', k: 5 })).items)).toEqual(recommended('user-3'));
    expect((await service.record([{ id: 'r-2', eventId, reward: 1 }]))[0]!.status).toBe('refused');
  });

  test('is gone once it is too old', async () => {
    const { service, log, clock } = await opened({ temperature: 0 });
    await service.record([{ id: 'r', user: 'user-3', item: 'item-1', reward: 1 }]);
    clock.now += 1000;
    await service.retain(clock.now);
    expect(await recordsOf(log.records())).toEqual([]);
    expect(service.figures().freshUsers).toBe(0);
  });
});

describe('where the caller decides', () => {
  const best = recommender.recommend('user-3', { k: 2 });
  const baseline = [best[1]!.item, best[0]!.item, 'item-60'];

  test('an apprentice answers what they would, and counts how often it agrees', async () => {
    const { service, recommendations } = await opened({ mode: 'apprentice', poolSize: 2 });
    const { items } = await service.recommend({ user: 'user-3', k: 3, baseline });
    expect(items).toEqual([
      { item: best[1]!.item, score: best[1]!.score, probability: 1 },
      { item: best[0]!.item, score: best[0]!.score, probability: 1 },
      { item: 'item-60', score: null, probability: 1 },
    ]);
    await service.recommend({ user: 'user-3', k: 1, baseline: [best[0]!.item] });
    expect((await recommendations()).map(({ agreed, mode }) => [agreed, mode])).toEqual([
      [false, 'apprentice'],
      [true, 'apprentice'],
    ]);
    expect(service.figures()).toMatchObject({ compared: 2, agreed: 1 });
    await expect(service.recommend({ user: 'user-3', k: 3 })).rejects.toThrow(
      'baseline: expected what you would show, since the mode is apprentice, got nothing',
    );
  });

  test('only logging asks no policy', async () => {
    const { service, recommendations } = await opened({ mode: 'logging-only' });
    const { items } = await service.recommend({ user: 'user-3', k: 1, baseline });
    expect(items).toEqual([{ item: best[1]!.item, score: null, probability: 1 }]);
    expect(await recommendations()).toMatchObject([{ by: 'nobody', pool: [] }]);
    await expect(service.recommend({ user: 'a', k: 1, baseline: ['x'] })).rejects.toThrow(
      'baseline[0]: expected',
    );
  });

  test('online the policy answers, and is compared too', async () => {
    const { service, recommendations } = await opened({ temperature: 0 });
    const { items } = await service.recommend({ user: 'user-3', k: 2, baseline });
    expect(strip(items)).toEqual(recommended('user-3', 2));
    expect((await recommendations())[0]!.agreed).toBe(false);
  });
});

describe('a canary', () => {
  test('answers its share of sessions, each whole', async () => {
    const canary = { version: '1', recommender: other, share: 0.25 };
    const { service } = await opened({ models: { ...models, canary }, temperature: 0 });
    const asked = Array.from({ length: 400 }, (_, place) =>
      service.recommend({ user: 'user-3', session: `s-${place % 200}`, k: 2 }),
    );
    const answers = await Promise.all(asked);
    for (const [place, { arm, model, items }] of answers.entries()) {
      expect(arm).toBe(answers[(place + 200) % 400]!.arm);
      expect(model).toBe(arm === 'canary' ? '1' : '0');
      const own = arm === 'canary' ? other : recommender;
      expect(strip(items)).toEqual(strip(own.recommend('user-3', { k: 2 })));
    }
    // 50 of 200 are expected, with a deviation of 6.
    const share = answers.slice(0, 200).filter(({ arm }) => arm === 'canary').length;
    expect(Math.abs(share - 50)).toBeLessThan(25);
  });

  test('is drawn for anew when another is tried, and never where there is none', () => {
    const arms = (version: string) =>
      Array.from({ length: 100 }, (_, session) => assignArm(`s-${session}`, { version, share: 0.5 }));
    expect(arms('1')).toEqual(arms('1'));
    expect(arms('1')).not.toEqual(arms('2'));
    expect(assignArm('s', undefined)).toBe('serving');
    expect(assignArm('s', { version: '1', share: 1 })).toBe('canary');
  });
});

test('options that can’t be meant are refused', async () => {
  await expect(opened({ temperature: -1 })).rejects.toThrow(
    'temperature: expected a finite number from 0, got -1',
  );
  await expect(opened({ temperature: Infinity })).rejects.toThrow('temperature: expected');
  await expect(opened({ poolSize: 0 })).rejects.toThrow('poolSize: expected an integer from 1, got 0');
  await expect(opened({ waitingTime: 0.5 })).rejects.toThrow('waitingTime: expected');
  await expect(opened({ mode: 'off' as 'online' })).rejects.toThrow(
    'mode: expected one of online, apprentice',
  );
});
