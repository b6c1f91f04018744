// How much a page loads of what stands alone, minified, and the most that it may be: a dependency that creeps in is seen here.
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** In kilobytes of 1,000. */
const LIMITS = {
  '@rl-recsys/replay-buffer': 30,
  '@rl-recsys/embeddings/search': 21,
  '@rl-recsys/embeddings/fold-in': 18,
  '@rl-recsys/embeddings/scores': 27,
  '@rl-recsys/off-policy': 17,
  '@rl-recsys/environment': 47,
};

const faults = [];
for (const [entry, limit] of Object.entries(LIMITS)) {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${entry}'`, resolveDir: resolve(import.meta.dirname, '../apps/docs') },
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' },
  });
  const size = outputFiles[0].contents.length / 1000;
  console.log(`${entry}: ${size.toFixed(1)} kB of ${limit}`);
  if (size > limit) faults.push(`${entry}: expected at most ${limit} kB, got ${size.toFixed(1)}`);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
