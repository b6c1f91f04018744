import type { Environment } from '../environment.js';
import type { BoxSpace } from '../spaces/box.js';
import { isKnownSpace } from '../spaces/known-space.js';
import type { Space } from '../spaces/space.js';
import { warning, type Finding } from './finding.js';
import { walkSpace } from './walk-space.js';

/** Numbers beyond it hardly train a network that starts from small weights. */
const huge = 1000;

/** Warns of bounds that are legal, but make learning harder. */
export function* boundsRules(environment: Environment<unknown, unknown>): Generator<Finding> {
  for (const [path, { low, high }] of floatBoxes(environment.actionSpace, 'actionSpace')) {
    const index = low.findIndex((bound, place) => bound !== -1 || high[place] !== 1);
    if (index < 0) continue;
    const isOpen = [...low, ...high].some((bound) => !Number.isFinite(bound));
    const to = isOpen ? '(environment, { to: { low, high } }), within bounds that are worth trying' : '';
    yield warning(
      'action-bounds',
      `${path} had the bounds ${low[index]} and ${high[index]} at [${index}]`,
      `use −1 and 1, what an actor that ends in tanh gives: wrap the environment in rescaleAction${to}`,
    );
  }
  for (const [path, { low, high }] of floatBoxes(environment.observationSpace, 'observationSpace')) {
    const isHuge = (bound: number) => Math.abs(bound) > huge;
    const index = low.findIndex((bound, place) => isHuge(bound) || isHuge(high[place]!));
    if (index < 0) continue;
    yield warning(
      'observation-bounds',
      `${path} had the bounds ${low[index]} and ${high[index]} at [${index}]`,
      'give the true bounds where they are smaller; else let normalizeObservation scale what agents see',
    );
  }
}

function* floatBoxes(root: Space<unknown>, rootPath: string): Generator<[string, BoxSpace]> {
  for (const { space, path } of walkSpace(root, rootPath)) {
    if (isKnownSpace(space) && space.kind === 'box' && space.dtype === 'float32') yield [path, space];
  }
}
