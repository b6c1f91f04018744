/** Tests run as native ES modules, so what is tested is what is shipped. */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts', '!**/*.long.test.ts'], // `test:long` gives its own
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  testTimeout: 60_000, // a machine may be busy; speed is the benchmark's matter
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};
