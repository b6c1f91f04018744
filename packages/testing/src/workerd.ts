import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type * as Esbuild from 'esbuild';

/**
 * Runs a program in workerd, the runtime of Cloudflare's workers, which compiles no code that a program brings along as data: bundled as
 * wrangler does it, with the conditions of an edge runtime and `.wasm` as modules.
 *
 * @param code - a module of JavaScript, whose default export is a function: it is called there, and what it promises is told.
 * @param resolveDir - the folder from which its imports are found.
 * @returns what came of it, as JSON has it.
 */
export async function runInWorkerd(code: string, resolveDir: string): Promise<unknown> {
  const require = createRequire(import.meta.url); // neither is loaded by who needs something else of this package
  const workerd = require('workerd') as Workerd;
  const { build } = require('esbuild') as typeof Esbuild;
  const folder = mkdtempSync(join(tmpdir(), 'workerd-'));
  try {
    const { outputFiles } = await build({
      stdin: { contents: TELLING + code.replace('export default', 'const run ='), resolveDir },
      ...{ bundle: true, format: 'esm', platform: 'browser', target: 'es2022', write: false, outdir: folder },
      ...{ conditions: ['workerd', 'worker', 'browser'], loader: { '.wasm': 'copy' } },
    });
    for (const { path, contents } of outputFiles) writeFileSync(path, contents);
    const modules = outputFiles.map(({ path }) => moduleOf(basename(path)));
    // The first module is the one that runs.
    modules.sort((a, b) => Number(b.includes('esModule')) - Number(a.includes('esModule')));
    writeFileSync(join(folder, 'config.capnp'), configOf(modules, workerd));
    const said = execFileSync(workerd.default, ['test', join(folder, 'config.capnp')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return JSON.parse(said);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where npm has put workerd, and the newest date of its behaviour. */
interface Workerd {
  readonly default: string;
  readonly compatibilityDate: string;
}

/** `workerd test` calls it, and prints what it logs. */
const TELLING = 'export const telling = { async test() { console.log(JSON.stringify(await run())); } };\n';

function moduleOf(file: string): string {
  return `(name = "${file}", ${file.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed "${file}")`;
}

function configOf(modules: readonly string[], { compatibilityDate }: Workerd): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const told :Workerd.Config = (services = [(name = "main", worker = (
  modules = [${modules.join(', ')}],
  compatibilityDate = "${compatibilityDate}",
))]);
`;
}
