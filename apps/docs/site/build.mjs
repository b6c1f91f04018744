// Builds the site into apps/docs/dist: a folder for each minor version, with the API and the playground inside, and a page that leads to them.
// SITE_BASE is the path that the site is served below (default /); folders of other versions that are there stay.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeMeasuredPages } from './measured-pages.mjs';
import { mendApiLinks } from './api.mjs';
import { brokenLinks } from './links.mjs';
import { versionsPage } from './versions.mjs';

const app = join(import.meta.dirname, '..');
const root = join(app, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'apps/trainer/package.json'), 'utf8'));
const folder = `v${version.split('.').slice(0, 2).join('.')}`;
const [base, all] = [process.env.SITE_BASE ?? '/', join(app, 'dist')];
const out = join(all, folder);

writeMeasuredPages(root, join(app, 'pages'));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const run = (...command) =>
  execFileSync(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, SITE_BASE: `${base}${folder}/`, SITE_OUT: out },
  });
const tool = (path) => join(root, 'node_modules', path);
run(tool('vitepress/bin/vitepress.js'), 'build', app);
const icon = join(app, 'pages/public/icon.svg');
run(
  tool('typedoc/bin/typedoc'),
  ...['--out', join(out, 'api'), '--readme', 'none', '--favicon', icon, '--logLevel', 'Error'],
);
mendApiLinks(join(out, 'api'));
cpSync(join(root, 'apps/playground/dist'), join(out, 'app'), { recursive: true });

const versions = readdirSync(all).filter((name) => existsSync(join(all, name, 'index.html')));
writeFileSync(join(all, 'index.html'), versionsPage(versions));
for (const name of versions) writeFileSync(join(all, name, 'versions.html'), versionsPage(versions, '../'));

const broken = brokenLinks(all, base);
for (const each of broken) console.error(each);
if (broken.length > 0) process.exit(1);
console.log(`apps/docs/dist/${folder}: built, and all of its links lead somewhere`);
