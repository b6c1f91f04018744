// Bundles a package's worker/index.ts and writes it as a string to src/generated/helper.ts: a worker that
// starts without a fetch, in Node or in a browser, whatever bundles the package. Run it in the package's folder.
import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: ['worker/index.ts'],
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
});
await mkdir('src/generated', { recursive: true });
await writeFile(
  'src/generated/helper.ts',
  `// Made by scripts/build-worker.mjs.\nexport const HELPER: string = ${JSON.stringify(outputFiles[0].text)};\n`,
);
