import { createRequire } from 'node:module';

/** Jest's own runner of a file, which works without the rest of Jest; its ES module leaves the events out. */
export const circus = createRequire(import.meta.url)('jest-circus');
export { expect } from 'expect';
export const { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = circus;
