import type { Recommender } from '@rl-recsys/recommender';
import { bySession, join, memoryLog, openService, type JoinedSession } from '../src/index.js';
import { recordsOf } from './toy.js';

/** Sessions of two answers of two items each: items of even numbers are liked. */
export async function played(recommender: Recommender, sessions: number): Promise<JoinedSession[]> {
  const log = memoryLog();
  let now = 1000;
  const models = { serving: { version: '0', recommender } };
  const service = await openService({ models, log, poolSize: 20, temperature: 0.3, now: () => now });
  for (let session = 0; session < sessions; session++) {
    for (let step = 0; step < 2; step++) {
      const [user, name] = [`user-${1 + (session % 30)}`, `visit-${session}`];
      const eventId = `${name}-${step}`;
      const { items } = await service.recommend({ eventId, user, session: name, k: 2 });
      const events = items.map(({ item }, slot) => ({
        ...{ id: `${eventId}-${slot}`, eventId, item },
        reward: Number(item.slice(5)) % 2 === 0 ? 1 : -1,
      }));
      await service.record(events);
      now += 1;
    }
  }
  const examples = [];
  for await (const each of join(await recordsOf(log.records()), { waitingTime: 10, until: Infinity }))
    examples.push(each);
  return bySession(examples);
}
