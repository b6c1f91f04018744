import { fileURLToPath } from 'node:url';
import { describe, jest } from '@jest/globals';
import { shopColumns, shopOptions } from './shop.js';
import { often, testStopped } from './stopped.js';

const pendulum = fileURLToPath(import.meta.resolve('@rl-recsys/examples/pendulum')).replace('.js', '-v1.js');
// Each test starts several processes, one after the other.
jest.setTimeout(300_000);

describe('TD3 on Pendulum-v1', () => testStopped(['--env', pendulum, '--steps', '1400', ...often]));

describe("the paper's variant, prioritized", () => testStopped([...shopOptions, '--steps', '300', ...often]));

describe('the gated variant with two threads', () =>
  testStopped([...shopColumns, '--steps', '3840', '--threads', '2', ...often]));
