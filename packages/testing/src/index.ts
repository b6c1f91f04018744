export { testReadmeExamples } from './readme-examples.js';
export { tlsRedis, type TlsRedis } from './tls-redis.js';
export {
  examplesIn,
  runExample,
  runsInNode,
  withoutTypes,
  type Example,
  type ExampleKind,
} from './examples.js';
export { compileStrictly, type Compiled } from './compile-strictly.js';
export { whereDataIs } from './real-data.js';
export { closeTo } from './close-to.js';
export { whereChromiumIs } from './chromium.js';
export { findPageFaults, type PageFaults } from './page-rules.js';
export { hasRedis } from './redis.js';
export { runInWorkerd } from './workerd.js';
export { runs } from './runs.js';
