import { beforeAll } from '@jest/globals';
import { testMatMul } from './mat-mul.suite.js';
import { install } from '../on-both-backends.js';

beforeAll(() => install(false));
testMatMul();
