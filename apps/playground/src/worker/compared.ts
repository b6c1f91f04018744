import type { Compared } from '../messages.js';
import { knobsAt, type Plan } from '../plan.js';
import type { World } from './worlds/world.js';

/** What others earned from each step on at which users were bored otherwise than before, up to one. */
export async function comparedUpTo(world: World, plan: Plan, step: number): Promise<Compared[]> {
  const compared: Compared[] = [];
  let boredom: number | undefined;
  for (const since of [0, ...plan.turns.map((turn) => turn.step).filter((at) => at <= step)]) {
    const knobs = knobsAt(plan, since);
    if (knobs.boredom === boredom) continue;
    ({ boredom } = knobs);
    compared.push({ since, baselines: await world.baselines(knobs) });
  }
  return compared;
}
