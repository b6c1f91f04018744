// Compiles AssemblyScript to WebAssembly. Run it in the package's folder, with the names of modules in its `assembly`: each comes to
// `src/generated/<name>.ts` as base64, a module that needs no fetch, in Node or in a browser. With --relaxed-simd there is a second build
// in it that fuses multiplications and additions. With --workerd `dist/generated` also has the code as it is, and a module that imports
// it, for runtimes that compile none themselves.
import { mkdir, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

// -O3 reorders unrolled loops and makes V8 spill registers in them; -O1 gives twice the speed.
const OPTIONS = ['-O1', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
const MEMORY = ['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
const ORIGIN = '// Made by scripts/build-assembly.mjs.\n';

async function compile(name, ...features) {
  const files = {};
  const { error, stderr } = await asc.main(
    [`assembly/${name}.ts`, ...OPTIONS, ...MEMORY, ...features, '-o', 'out.wasm', '-t', 'out.wat'],
    { writeFile: (file, contents) => void (files[file] = contents) },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  // The memory belongs to somebody else: anything that lives at an address of its own would corrupt it.
  const foreign = files['out.wat'].match(/\(data |\(start |\(global |"abort"/);
  if (foreign) throw new Error(`assembly/${name}.ts: expected code alone, got ${foreign[0]}`);
  return files['out.wasm'];
}

const flags = process.argv.slice(2).filter((word) => word.startsWith('--'));
const type = flags.includes('--workerd') ? 'string | WebAssembly.Module' : 'string';
const constant = (name, code) =>
  `export const ${name}: ${type} =\n  '${Buffer.from(code).toString('base64')}';\n`;

await mkdir('src/generated', { recursive: true });
await mkdir('dist/generated', { recursive: true });
for (const name of process.argv.slice(2).filter((word) => !flags.includes(word))) {
  const code = await compile(name);
  let module = ORIGIN + constant('KERNELS', code);
  if (flags.includes('--relaxed-simd')) {
    module += constant('RELAXED_KERNELS', await compile(name, '--enable', 'relaxed-simd'));
  }
  await writeFile(`src/generated/${name}.ts`, module);
  if (flags.includes('--workerd')) {
    await writeFile(`dist/generated/${name}.wasm`, code);
    const imported = `import KERNELS from './${name}.wasm';\nexport { KERNELS };\n`;
    await writeFile(`dist/generated/${name}.workerd.js`, ORIGIN + imported);
  }
}
