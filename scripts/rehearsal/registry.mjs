// A registry of npm packages on this machine, Verdaccio, that hands on to npm's what it does not have.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The newest that runs on Node 20. Its dependency node-fetch is overridden: the version that it wants can't be had everywhere. */
const VERDACCIO = 'verdaccio@6.8.0';
const OVERRIDES = { 'node-fetch': '2.7.0' };

/**
 * Installs and starts it in a folder of its own.
 *
 * @param {string} folder
 * @returns its address, what npm has to be told to publish there, and how it is stopped.
 */
export async function startRegistry(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides: OVERRIDES }));
  execFileSync(
    'npm',
    ['install', VERDACCIO, '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const npms = String(execFileSync('npm', ['config', 'get', 'registry'])).trim();
  const authorities = String(execFileSync('npm', ['config', 'get', 'cafile'])).trim();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const ours = { access: '$all', publish: '$authenticated', unpublish: '$authenticated' };
  const config = {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { npm: { url: npms, cache: true, maxage: '1h', timeout: '60s' } },
    packages: { '@rl-recsys/*': ours, '**': { access: '$all', proxy: 'npm' } },
    max_body_size: '200mb',
    log: { type: 'file', path: join(folder, 'verdaccio.log'), level: 'warn' },
  };
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config)); // JSON is YAML
  const server = spawn(
    process.execPath,
    ['node_modules/verdaccio/bin/verdaccio', '--config', 'config.yaml', '--listen', `127.0.0.1:${port}`],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...(authorities === 'null' ? {} : { NODE_EXTRA_CA_CERTS: authorities }) },
    },
  );
  const stop = () => server.kill('SIGTERM');
  await answers(`${url}-/ping`, server);
  const token = await signUp(url);
  return { url, npmrc: `registry=${url}\n//127.0.0.1:${port}/:_authToken=${token}\n`, stop };
}

/** Somebody who may publish there. */
async function signUp(url) {
  const response = await globalThis.fetch(`${url}-/user/org.couchdb.user:rehearsal`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'rehearsal', password: 'only-for-a-rehearsal' }),
  });
  const { token } = await response.json();
  if (!token) throw new Error(`registry: expected a token, got status ${response.status}`);
  return token;
}

async function answers(url, server) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null)
      throw new Error(`registry: expected it to run, it ended with ${server.exitCode}`);
    const up = await globalThis.fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => globalThis.setTimeout(resolve, 200));
  }
  throw new Error('registry: expected an answer within a minute');
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
