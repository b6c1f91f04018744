import type { ResidualAgent } from '@rl-recsys/drr';
import type { Story, StoryStep } from '../messages.js';
import type { Knobs } from '../plan.js';
import { thoughtOf } from './thought.js';
import type { World } from './worlds/world.js';

/** Plays a session by the policy as it is now, without exploration, and tells it step by step. */
export async function storyOf(
  agent: ResidualAgent,
  world: World,
  { user, knobs, step, seed }: { user: number; knobs: Knobs; step: number; seed: number },
): Promise<Story> {
  const environment = world.session(user, knobs, seed);
  const steps: StoryStep[] = [];
  let { observation } = await environment.reset({ seed });
  for (let over = false; !over;) {
    const thought = thoughtOf(agent, world, observation);
    const answer = await environment.step(thought.candidates[0]!.item);
    steps.push({ thought, reward: answer.reward, ...seenIn(answer.info) });
    over = answer.terminated || answer.truncated;
    observation = answer.observation;
  }
  return { step, user, userName: world.users.idOf(user), steps };
}

function seenIn(info: Readonly<Record<string, unknown>>): Pick<StoryStep, 'stars' | 'mood' | 'leaving'> {
  const { rating, mood, leavingProbability } = info as Record<string, number | undefined>;
  return {
    ...(rating !== undefined && { stars: rating }),
    ...(mood !== undefined && { mood }),
    ...(leavingProbability !== undefined && { leaving: leavingProbability }),
  };
}
