export { testReadmeExamples } from './readme-examples.js';
export { whereDataIs } from './real-data.js';
export { closeTo } from './close-to.js';
export { whereChromiumIs } from './chromium.js';
export { findPageFaults, type PageFaults } from './page-rules.js';
export { hasRedis } from './redis.js';
