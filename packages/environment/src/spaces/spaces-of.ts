import type { Environment } from '../environment.js';

/**
 * What an agent has to know of an environment, to be spread into its options: `new SacAgent({ ...spacesOf(environment), random })`.
 * The environment itself has more, such as `reset`, which is no option and is refused.
 */
export function spacesOf<Observation, Action>({
  observationSpace,
  actionSpace,
}: Pick<Environment<Observation, Action>, 'observationSpace' | 'actionSpace'>): Pick<
  Environment<Observation, Action>,
  'observationSpace' | 'actionSpace'
> {
  return { observationSpace, actionSpace };
}
