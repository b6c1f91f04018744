import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { defineConfig } from 'vite';

const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Writes the service worker last, with the names of all files that it keeps. */
function serviceWorker() {
  let out = '';
  return {
    name: 'service-worker',
    configResolved(config) {
      out = join(config.root, config.build.outDir);
    },
    closeBundle() {
      const files = readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'service-worker.js')
        .map((entry) => join(entry.parentPath, entry.name));
      const hash = createHash('sha256');
      for (const file of files.sort()) hash.update(readFileSync(file));
      const addresses = ['./', ...files.map((file) => `./${relative(out, file).split(sep).join('/')}`)];
      const version = hash.digest('hex').slice(0, 16);
      const known = `const VERSION = ${JSON.stringify(version)};\nconst FILES = ${JSON.stringify(addresses)};\n`;
      const text = known + readFileSync(new URL('src/service-worker.js', import.meta.url), 'utf8');
      writeFileSync(join(out, 'service-worker.js'), text);
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  worker: { format: 'es', rollupOptions: { treeshake: true } },
  server: { headers },
  preview: { headers, host: '127.0.0.1' },
  plugins: [serviceWorker()],
});
