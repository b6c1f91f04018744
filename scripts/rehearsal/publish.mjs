// Versions and publishes all packages as a release does, from a copy of the repository.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspacePackages } from '../imports.mjs';

/** changesets wants Node 22, which npm has; `npm run changeset` does the same. */
const CHANGESET = ['-y', '-p', 'node@22.23.3', '--', 'changeset'];

/**
 * @param {string} root - the repository, built
 * @param {string} copy - a folder that is not there yet
 * @param {{ url: string, npmrc: string }} registry
 * @returns {Map<string, string>} the versions that were published, by name.
 */
export function publishCopy(root, copy, registry) {
  const run = (command, args, options) =>
    execFileSync(command, args, {
      cwd: copy,
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
      ...options,
    });
  execFileSync('git', ['clone', '--quiet', '--local', '--no-hardlinks', root, copy]);
  execFileSync('git', ['-C', copy, 'checkout', '--quiet', '-B', 'main']);
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const { folder } of workspacePackages(root).values()) {
    const built = join(folder, 'dist');
    if (existsSync(built)) cpSync(built, join(copy, folder.slice(root.length), 'dist'), { recursive: true });
  }
  run('npx', [...CHANGESET, 'version']);
  const npmrc = join(copy, '.npmrc');
  writeFileSync(npmrc, registry.npmrc);
  const env = { ...process.env, npm_config_registry: registry.url, npm_config_userconfig: npmrc };
  run('npx', [...CHANGESET, 'publish', '--no-git-tag'], { env });
  rmSync(npmrc);
  const published = [...workspacePackages(copy)].filter(([, { manifest }]) => !manifest.private);
  const versions = new Map(published.map(([name, { manifest }]) => [name, manifest.version]));
  for (const [name, version] of versions) {
    const known = run('npm', ['view', `${name}@${version}`, 'version', '--registry', registry.url]).trim();
    if (known !== version)
      throw new Error(`${name}: expected ${version} in the registry, got ${known || 'nothing'}`);
    if (
      !existsSync(
        join(copy, published.find(([each]) => each === name)[1].folder.slice(copy.length), 'CHANGELOG.md'),
      )
    )
      throw new Error(`${name}: expected a changelog`);
  }
  return versions;
}
