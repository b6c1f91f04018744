// Compiles a package's assembly/index.ts, which is AssemblyScript, to WebAssembly and writes it as base64
// to src/generated/kernels.ts: a module that needs no fetch, in Node or in a browser. Run it in the
// package's folder. With --relaxed-simd there is a second build that fuses multiplications and additions.
import { mkdir, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

// -O3 reorders unrolled loops and makes V8 spill registers in them; -O1 gives twice the speed.
const OPTIONS = ['-O1', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
const MEMORY = ['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'];

async function compile(...features) {
  const files = {};
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', ...OPTIONS, ...MEMORY, ...features, '-o', 'out.wasm', '-t', 'out.wat'],
    { writeFile: (name, contents) => void (files[name] = contents) },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  // The memory belongs to somebody else: anything that lives at an address of its own would corrupt it.
  const foreign = files['out.wat'].match(/\(data |\(start |\(global |"abort"/);
  if (foreign) throw new Error(`assembly: expected code alone, got ${foreign[0]}`);
  return Buffer.from(files['out.wasm']).toString('base64');
}

const builds = { KERNELS: await compile() };
if (process.argv.includes('--relaxed-simd')) {
  builds.RELAXED_KERNELS = await compile('--enable', 'relaxed-simd');
}
const lines = Object.entries(builds).map(
  ([name, base64]) => `export const ${name}: string =\n  '${base64}';\n`,
);
await mkdir('src/generated', { recursive: true });
await writeFile('src/generated/kernels.ts', `// Made by scripts/build-assembly.mjs.\n${lines.join('')}`);
