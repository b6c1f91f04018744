// Projects that import every entry of every package, as strict TypeScript, by each compiler and each way of finding modules that
// is supported. Declarations are checked too (`skipLibCheck: false`): what TensorFlow.js's lack is not ours to mend, but nothing of ours may be wrong.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const COMPILERS = { ts54: '5.4.5', ts59: '5.9.3', ts6: '6.0.3', ts7: '7.0.2' };
const RESOLUTIONS = { node16: 'node16', nodenext: 'nodenext', bundler: 'esnext' };
const TENSORFLOW = ['core', 'layers', 'backend-cpu', 'backend-wasm'].map(
  (part) => `@tensorflow/tfjs-${part}@4.22.0`,
);

/**
 * @param {string} project - a folder that is not there yet
 * @param {Map<string, { manifest: object, tarball: string }>} packages
 * @returns {string[]} what each compiler objects to in our declarations, or in importing them.
 */
export function strictFaults(project, packages) {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const compilers = Object.entries(COMPILERS).map(([name, version]) => `${name}@npm:typescript@${version}`);
  const libraries = [...packages.values()].filter(({ manifest }) => !manifest.bin);
  const tarballs = [...packages.values()].map(({ tarball }) => tarball);
  const others = [...compilers, ...TENSORFLOW, '@types/node@20', 'usearch@2.25'];
  const install = [
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--ignore-scripts',
    ...tarballs,
    ...others,
  ];
  execFileSync('npm', install, { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] });
  const imports = libraries.flatMap(({ manifest }) =>
    Object.keys(manifest.exports)
      .filter((entry) => !entry.endsWith('.json'))
      .map((entry) => `${manifest.name}${entry.slice(1)}`),
  );
  const lines = imports.map((specifier, place) => `export * as entry${place} from '${specifier}';\n`);
  writeFileSync(join(project, 'every-entry.ts'), lines.join(''));
  return Object.keys(COMPILERS).flatMap((compiler) =>
    Object.entries(RESOLUTIONS).flatMap(([moduleResolution, module]) =>
      compile(project, compiler, { module, moduleResolution }).map(
        (fault) => `${COMPILERS[compiler]}, ${moduleResolution}: ${fault}`,
      ),
    ),
  );
}

/** What is wrong in our declarations or in the file that imports them; no DOM is there, and Node's types are. */
function compile(project, compiler, options) {
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false },
    ...{ target: 'es2022', lib: ['es2022'], types: ['node'], ...options },
  };
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['every-entry.ts'] }),
  );
  let said = '';
  try {
    execFileSync(process.execPath, [join('node_modules', compiler, 'lib/tsc.js'), '--pretty', 'false'], {
      ...{ cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    });
  } catch ({ stdout }) {
    said = String(stdout);
  }
  return said
    .split('\n')
    .filter((line) => /^(every-entry|.*@rl-recsys\/.*|error)/.test(line) && line.includes('error'));
}
