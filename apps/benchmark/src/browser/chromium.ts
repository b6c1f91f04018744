import { existsSync } from 'node:fs';
import type { PageOptions } from './page-options.js';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The Chromium to measure in: what `RL_RECSYS_CHROMIUM` names, else where Debian puts it.
 *
 * @throws Error where there is none, with what to install.
 */
export function findChromium(
  named: string | undefined = process.env['RL_RECSYS_CHROMIUM'],
  candidates: readonly string[] = CANDIDATES,
): string {
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(`RL_RECSYS_CHROMIUM: expected the path of Chromium, got ${named}, where no file is`);
  }
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error('no Chromium; on Debian: apt-get install chromium, or name it in RL_RECSYS_CHROMIUM');
}

const QUIET = [
  '--no-sandbox', // containers run it as root
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A processor draws where there is no graphics card. */
const GRAPHICS = {
  wasm: ['--disable-gpu'],
  webgl: ['--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  webgpu: ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--enable-unsafe-swiftshader'],
} as const;

/** The command line with which a backend starts also without a screen and without a graphics card. */
export function chromiumArguments(backend: PageOptions['backend']): string[] {
  return [...QUIET, ...GRAPHICS[backend]];
}
