import { parse } from 'node:path';
import { neededText, type ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import { paperOnEnvironment } from '../../variants/paper/index.js';
import { residualOnEnvironment } from '../../variants/residual/index.js';
import { td3 } from '../../variants/td3/index.js';
import type { EnvironmentScenario } from '../scenario.js';

const options = {
  env: neededText(
    '<module>',
    'train on your own environment: a module whose default export makes one',
    'expected a module whose default export makes an environment',
  ),
};

/** A user's own environment. */
export const environment: EnvironmentScenario = {
  kind: 'environment',
  names: ['environment'],
  givenBy: '--env',
  about: 'your own environment: a module whose default export makes one',
  examples: ['--env ./my-environment.js --steps 10000'],
  options,
  reason: 'an environment brings its own users',
  nameRun: ({ env }: RunOptions & ValuesOf<typeof options>) => parse(env).name,
  variants: [residualOnEnvironment, paperOnEnvironment, td3],
};
