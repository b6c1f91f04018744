import { Random } from '@rl-recsys/random';
import type { Environment } from '../environment.js';
import type { BoxSpace } from '../spaces/box.js';
import { isKnownSpace } from '../spaces/known-space.js';
import type { Space } from '../spaces/space.js';
import { attempt } from './attempt.js';
import { describe } from './describe.js';
import { error, type Finding } from './finding.js';
import { firstDifference } from './first-difference.js';
import { walkSpace } from './walk-space.js';
import { whyOutside } from './why-outside.js';

const samples = 20;

/** Finds whether the methods and the spaces are there and work: nothing else can be checked before. */
export async function* shapeRules(environment: Environment<unknown, unknown>): AsyncGenerator<Finding> {
  for (const name of ['reset', 'step', 'close'] as const) {
    const method = (environment as unknown as Record<string, unknown>)[name];
    if (typeof method === 'function' || (name === 'close' && method === undefined)) continue;
    yield error('has-methods', `${name} was ${describe(method)}`, `make ${name} a function`);
  }
  for (const name of ['observationSpace', 'actionSpace'] as const) {
    const finding = spaceProblem(environment[name], name) ?? (await sampleProblem(environment[name], name));
    if (finding !== undefined) yield finding;
  }
}

function spaceProblem(root: Space<unknown>, rootPath: string): Finding | undefined {
  for (const { space, path } of walkSpace(root, rootPath)) {
    const methods = space as Partial<Space<unknown>> | null | undefined;
    if (typeof methods?.contains !== 'function' || typeof methods.sample !== 'function') {
      return error(
        'has-spaces',
        `${path} was ${describe(space)}`,
        `make ${path} a space, by box or discrete say, or an object with contains and sample`,
      );
    }
    const bounds = isKnownSpace(space) && space.kind === 'box' ? boundsProblem(space, path) : undefined;
    if (bounds !== undefined) {
      return error('box-bounds', bounds, 'give one low and one high for each number, low ≤ high');
    }
  }
  return undefined;
}

function boundsProblem({ length, low, high }: BoxSpace | BoxSpace<Int32Array>, path: string) {
  if (!Array.isArray(low) || !Array.isArray(high) || low.length !== length || high.length !== length) {
    return `${path} had the length ${length}, low ${describe(low)} and high ${describe(high)}`;
  }
  const index = low.findIndex((bound, place) => !(bound <= high[place]!));
  return index < 0
    ? undefined
    : `${path} had low[${index}] = ${low[index]} and high[${index}] = ${high[index]}`;
}

async function sampleProblem(space: Space<unknown>, path: string): Promise<Finding | undefined> {
  const [random, again] = [Random.fromSeed('samples'), Random.fromSeed('samples')];
  const tried = await attempt(() => {
    for (let draw = 0; draw < samples; draw++) {
      const value = space.sample(random);
      const outside = whyOutside(space, value, 'the sample');
      if (outside !== undefined) {
        const change = `let ${path}.sample draw only what ${path}.contains accepts`;
        return error('sample-in-space', `${path}: ${outside}`, change);
      }
      const different = firstDifference(value, space.sample(again), 'the sample');
      if (different !== undefined) {
        const { path: place, before, after } = different;
        return error(
          'sample-from-random',
          `${path}: two equal streams gave two samples: ${place} was ${before} and then ${after}`,
          `draw all randomness of ${path}.sample from the Random that it is given`,
        );
      }
    }
    return undefined;
  });
  if (tried.ok) return tried.value;
  const seen = `${path}: contains or sample threw ${tried.failure}`;
  return error('sample-in-space', seen, 'let sample give a member, and contains never throw');
}
