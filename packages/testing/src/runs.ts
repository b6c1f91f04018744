import { expect } from '@jest/globals';

/** How many times a property is tried: `all` in the long tests, which import the quick ones, and a third in those. */
export const runs = (all: number): number =>
  expect.getState().testPath?.endsWith('.long.test.ts') ? all : Math.ceil(all / 3);
