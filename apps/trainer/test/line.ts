import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const environmentPackage = JSON.stringify(
  new URL('../../../packages/environment/dist/index.js', import.meta.url).href,
);

/** A module as a user would write it: walk along a line towards 0; `change` breaks or alters it. */
export function writeEnvironment(folder: string, change = ''): void {
  writeFileSync(
    join(folder, 'line.mjs'),
    `import { box, timeLimit } from ${environmentPackage};
export default () => {
  let place, seed = 1, steps = 0, running = false;
  const line = {
    observationSpace: box({ low: -10, high: 10, length: 1 }),
    actionSpace: box({ low: -1, high: 1, length: 1 }),
    reset(options = {}) {
      seed = options.seed ?? seed + 1;
      place = 5 * Math.sin(seed);
      running = true;
      return { observation: Float32Array.of(place), info: {} };
    },
    step(action) {
      if (!running) throw new Error('step: expected reset before it');
      place = Math.max(-10, Math.min(10, place + action[0]));
      steps += 1;
      ${change}
      return { observation: Float32Array.of(place), reward: -Math.abs(place), terminated: false, truncated: false, info: {} };
    },
  };
  return timeLimit(line, 20);
};`,
  );
}

/** A training on it, which takes a hundred steps after those that are random. */
export const options: readonly string[] = ['train', '--env', 'line.mjs', '--steps', '1100', '--name', 'line'];
