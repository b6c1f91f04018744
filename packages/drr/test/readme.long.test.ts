import { testReadmeExamples } from '@rl-recsys/testing';

testReadmeExamples(new URL('../README.md', import.meta.url));
