import { parse } from 'node:path';
import { z } from 'zod';
import { neededText, readNumber, type Option, type ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import { paperOnEnvironment } from '../../variants/paper/index.js';
import { residualOnEnvironment } from '../../variants/residual/index.js';
import { td3 } from '../../variants/td3/index.js';
import type { EnvironmentScenario } from '../scenario.js';

/** In seconds: no timer can wait for longer. */
const LONGEST = 2_147_483;

const options = {
  env: neededText(
    '<module>',
    'train on your own environment: a module whose default export makes one',
    'expected a module whose default export makes an environment',
  ),
  stepTimeout: {
    argument: '<seconds>',
    help: 'how long a step or a reset of the environment may take',
    schema: z.number().positive().max(LONGEST).default(60),
    read: readNumber,
  } satisfies Option<number>,
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
