import type { Recommender } from '@rl-recsys/recommender';

/**
 * Asks a recommender for many of its users before anybody waits for it: what it searches by is made at its first answer, and the
 * first thousand or so that a process computes take several times as long as later ones.
 *
 * @param answers - how many (default 1,500, as measured for a process that is new; for the next model of one that is warm a few do).
 */
export async function warmUp(recommender: Recommender, answers = 1500): Promise<void> {
  const { users, items } = recommender.parts;
  const newcomer = { history: items.size > 0 ? [items.idOf(0)] : [] };
  for (let asked = 0; asked < answers; asked += 8) {
    const requests = Array.from({ length: 8 }, (_, place) => {
      const isKnown = place > 0 && users.size > 0;
      return { asker: isKnown ? users.idOf((asked + place) % users.size) : newcomer, k: 100 };
    });
    recommender.rankEach(requests);
    await new Promise((resolve) => setTimeout(resolve)); // others are answered meanwhile
  }
}
