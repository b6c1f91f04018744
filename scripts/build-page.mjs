// Bundles src/page/main.ts of the package in the current folder, with all that it imports, into dist/page/page.js.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/page/main.ts'],
  outfile: 'dist/page/page.js',
  ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', legalComments: 'inline' },
});
