import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compilePackage } from './compile-package.mjs';
import { drawn } from './drawn.mjs';
import { findOutcomes } from './outcomes.mjs';
import { report } from './report.mjs';

/** Where most of what can be wrong in silence is. */
const PACKAGES = ['replay-buffer', 'evaluation', 'state', 'ddpg', 'drr'];

const { values, positionals } = parseArgs({
  options: {
    mutants: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    survivors: { type: 'boolean', default: false }, // only those that survived the last time
  },
  allowPositionals: true,
});
const [count, seed] = [Number(values.mutants), Number(values.seed)];
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed))
  throw new Error(`--mutants, --seed: expected integers, the first from 1, got ${JSON.stringify(values)}`);
const unknown = positionals.find((name) => !PACKAGES.includes(name));
if (unknown !== undefined)
  throw new Error(`packages: expected some of ${PACKAGES.join(', ')}, got ${unknown}`);

const root = fileURLToPath(new URL('../..', import.meta.url));
for (const name of positionals.length > 0 ? positionals : PACKAGES) await mutate(name);

async function mutate(name) {
  const folder = join(root, 'packages', name);
  const compiled = mkdtempSync(join(tmpdir(), `mutants-${name}-`));
  try {
    const all = await compilePackage(folder, compiled);
    const [chosen, found] = values.survivors
      ? lastOutcomes(name, all)
      : [drawn(all, count, `${name} ${seed}`), []];
    console.log(`${name}: ${chosen.length} of ${all.length} mutants`);
    mkdirSync(join(root, 'mutants'), { recursive: true });
    const mutants = [...found, ...chosen];
    await findOutcomes(chosen, { folder, compiled }, (file) => {
      console.log(
        `${mutants.filter(({ by }) => by !== undefined).length} found after ${relative(folder, file)}`,
      );
      writeFileSync(keptIn(name), JSON.stringify(mutants, null, 2));
    });
    report(name, mutants);
  } finally {
    rmSync(compiled, { recursive: true, force: true });
  }
}

function keptIn(name) {
  return join(root, 'mutants', `${name}.json`);
}

/** The mutants that survived the last time, and those that did not. */
function lastOutcomes(name, all) {
  const last = JSON.parse(readFileSync(keptIn(name), 'utf8'));
  const isFound = ({ status }) => status === 'killed' || status === 'endless';
  const left = new Set(last.filter((mutant) => !isFound(mutant)).map(({ key }) => key));
  return [all.filter(({ key }) => left.has(key)), last.filter(isFound)];
}
