import { testReadmeExamples } from '@rl-recsys/testing';
import { whereRedisIs } from './toy.js';

whereRedisIs(() => testReadmeExamples(new URL('../README.md', import.meta.url)));
