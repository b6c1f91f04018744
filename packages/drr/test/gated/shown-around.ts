import { train } from '@rl-recsys/agent';
import { afterEach } from '@jest/globals';
import type { GatedAgent, GatedFromBlocksOptions } from '../../src/index.js';
import { toyGated } from './toy.js';

const agents: GatedAgent[] = [];
afterEach(() => agents.splice(0).forEach((agent) => agent.dispose()));

/** An agent that has shown items and learned nothing yet. */
export async function shownAround(options: Partial<GatedFromBlocksOptions> = {}) {
  const { agent, environment } = toyGated({ steps: 64 * 400, gamma: 0.5, ...options });
  agents.push(agent);
  await train({ agent, environment, steps: 64 * 10, seed: 1 });
  return agent;
}

/** A copy of a learner's agent, made alike, that stands where it does. */
export function copyOf(agent: GatedAgent, options: Partial<GatedFromBlocksOptions> = {}): GatedAgent {
  const { agent: copy } = toyGated({ steps: 64 * 400, gamma: 0.5, ...options });
  agents.push(copy);
  copy.restore(agent.state());
  return copy;
}
