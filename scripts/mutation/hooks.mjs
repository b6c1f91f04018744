// Tests and sources of the package in question come from where they were compiled with mutants, Jest's globals from jest-circus alone.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const { folder, compiled } = JSON.parse(process.env.MUTATION);
const GLOBALS = new URL('globals.mjs', import.meta.url).href;

registerHooks({
  resolve(name, context, next) {
    if (name === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
    if (/^\.{1,2}\/.*\.js$/.test(name) && context.parentURL?.endsWith('.ts')) {
      const url = new URL(name.replace(/\.js$/, '.ts'), context.parentURL).href;
      if (existsSync(fileURLToPath(url))) return { url, shortCircuit: true };
    }
    return next(name, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    const source = readFileSync(join(compiled, relative(folder, fileURLToPath(url))), 'utf8');
    return { format: 'module', source, shortCircuit: true };
  },
});
