import { Random } from '@rl-recsys/random';
import type { MovingTasteWorld } from '@rl-recsys/simulators';

/** One visit: how it went. */
export interface Visited {
  readonly visit: number;
  readonly arm: 'serving' | 'canary';
  readonly model: string;
  readonly earned: number;
}

/** Whom visits are of, and whom they ask. */
export interface Visitors {
  readonly world: MovingTasteWorld;
  readonly users: readonly number[];
  readonly seed: number;
  /** The address of the server. */
  readonly url: string;
}

interface Answer {
  readonly model: string;
  readonly arm: 'serving' | 'canary';
  readonly items: readonly { readonly item: string }[];
}

/**
 * A visit of a simulated user by HTTP: they are recommended one item after the other, rate each, and leave when they are bored. What
 * they do depends on the seed, the visit's number and what they are shown.
 */
export async function visit({ world, users, seed, url }: Visitors, number: number): Promise<Visited> {
  const { noise, sessionLength } = world.dynamics;
  const random = Random.fromSeed(seed).fork(`visit ${number}`);
  const user = users[random.integer(users.length)]!;
  const state = world.initialState(user);
  const session = `visit-${number}`;
  let earned = 0;
  for (let step = 0; ; step++) {
    const eventId = `${session}-${step}`;
    const asked = { eventId, user: `user-${user + 1}`, session, k: 1 };
    const answer = await post<Answer>(`${url}/v1/recommendations`, asked);
    const item = Number(answer.items[0]!.item.slice('item-'.length)) - 1;
    const stars = Math.round(world.meanRating(state, item) + noise * random.normal());
    const reward = (Math.min(5, Math.max(1, stars)) - 3) / 2;
    world.transition(state, item, state);
    await post(`${url}/v1/events`, { events: [{ id: eventId, eventId, reward }] });
    earned += reward;
    if (state.shown === sessionLength || random.uniform() < world.leavingProbability(state)) {
      return { visit: number, arm: answer.arm, model: answer.model, earned };
    }
  }
}

/** @throws Error where the answer is none. */
async function post<T>(url: string, body: unknown): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
