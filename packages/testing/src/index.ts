export { testReadmeExamples } from './readme-examples.js';
export { whereDataIs } from './real-data.js';
export { closeTo } from './close-to.js';
