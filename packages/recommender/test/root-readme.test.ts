import { testReadmeExamples } from '@rl-recsys/testing';

// The project's own README shows how a recommender is made.
testReadmeExamples(new URL('../../../README.md', import.meta.url));
