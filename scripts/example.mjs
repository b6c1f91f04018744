// Runs an example of apps/examples by its name, once it is built; without a name it tells which there are.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const gallery = join(root, 'apps/examples/src/gallery');
const names = readdirSync(gallery).map((file) => file.replace(/\.ts$/, ''));
const [name, ...others] = process.argv.slice(2);
if (name === undefined || others.length > 0) {
  for (const each of names) {
    const [, about] = /\/\*\*\s*\*?\s*(.+?)(?:\.\s|:\s|\*\/)/s.exec(
      readFileSync(join(gallery, `${each}.ts`), 'utf8'),
    );
    console.log(`npm run example -- ${each.padEnd(20)} ${about.replace(/\s+\*?\s*/g, ' ').trim()}`);
  }
} else if (!names.includes(name)) {
  console.error(`example: expected ${names.join(', ')}, got ${name}`);
  process.exit(1);
} else {
  const build = [
    'run',
    'build',
    '--filter=@rl-recsys/examples',
    '--output-logs=errors-only',
    '--log-prefix=none',
  ];
  execFileSync(process.execPath, [join(root, 'node_modules/turbo/bin/turbo'), ...build], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync(process.execPath, [join(root, 'apps/examples/dist/gallery', `${name}.js`)], {
    stdio: 'inherit',
  });
}
