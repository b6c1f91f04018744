// How much a page loads of what stands alone, minified, and the most that it may be: a dependency that creeps in is seen here.
import { resolve } from 'node:path';
import { build } from 'esbuild';

const ours = '@rl-recsys';

/** What is imported, and the most that it may take, in kilobytes of 1,000; none where it is only told. */
const ENTRIES = {
  'replay-buffer': { code: `export * from '${ours}/replay-buffer'`, limit: 25 },
  'replay-buffer/saved': { code: `export * from '${ours}/replay-buffer/saved'`, limit: 30 },
  'prioritized replay with its random stream': {
    code: `export { PrioritizedReplay } from '${ours}/replay-buffer'; export { Random } from '${ours}/random'`,
    limit: 25,
  },
  'embeddings/search': { code: `export * from '${ours}/embeddings/search'`, limit: 16 },
  'embeddings/fold-in': { code: `export * from '${ours}/embeddings/fold-in'`, limit: 12 },
  'embeddings/scores': { code: `export * from '${ours}/embeddings/scores'`, limit: 21 },
  'off-policy': { code: `export * from '${ours}/off-policy'`, limit: 17 },
  environment: { code: `export * from '${ours}/environment'`, limit: 47 },
  recommender: { code: `export * from '${ours}/recommender'`, external: ['@tensorflow/*'], limit: 122 },
  'recommender with TensorFlow.js, layers and its cpu backend': {
    code: `export * from '${ours}/recommender'; import '@tensorflow/tfjs-backend-cpu'; import '@tensorflow/tfjs-layers'`,
  },
};

const faults = [];
for (const [name, { code, external = [], limit }] of Object.entries(ENTRIES)) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: resolve(import.meta.dirname, '../apps/docs') },
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' },
    external,
  });
  const size = outputFiles[0].contents.length / 1000;
  console.log(`${name}: ${size.toFixed(1)} kB${limit === undefined ? '' : ` of ${limit}`}`);
  if (size > limit) faults.push(`${name}: expected at most ${limit} kB, got ${size.toFixed(1)}`);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
