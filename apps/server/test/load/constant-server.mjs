// The same server with a constant answer: what is left is the share of the framework, of checks and of metrics.
import { makeApp } from '../../dist/http/app.js';

const answer = {
  eventId: '00000000-0000-4000-8000-000000000000',
  ...{ model: '0', arm: 'serving' },
  items: Array.from({ length: 10 }, (_, place) => ({
    ...{ item: `item-${place}`, score: 1 / (place + 3), probability: 1 / (place + 2) },
  })),
};
const service = {
  recommend: async () => answer,
  models: { serving: { version: '0' } },
  trouble: undefined,
  figures: () => ({
    answered: {},
    events: {},
    unlogged: 0,
    batches: 0,
    compared: 0,
    agreed: 0,
    freshUsers: 0,
  }),
};
const options = { service, keys: undefined, rate: 1e9, origins: [], version: '0', isReady: () => true };
const app = await makeApp(options);
const address = await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`a constant answer, on ${address}`);
