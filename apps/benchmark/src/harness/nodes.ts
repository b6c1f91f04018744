import { spawnSync } from 'node:child_process';

/** The releases that the packages are for. */
const MAJORS = [20, 22, 24];

/** A release of Node.js that is here, or why it is not. */
export type NodeRelease = { readonly major: number } & (
  { readonly file: string; readonly v8: string } | { readonly unavailable: string }
);

/** Each release: the one that runs this, and others as npm's package `node` has them. */
export function findNodes(): NodeRelease[] {
  return MAJORS.map((major) => {
    if (process.versions.node.startsWith(`${major}.`))
      return { major, file: process.execPath, v8: process.versions.v8 };
    const told = 'JSON.stringify({ file: process.execPath, v8: process.versions.v8 })';
    const fetched = ['-y', '-p', `node@${major}`, 'node', '-p', told];
    const { status, stdout, stderr } = spawnSync('npx', fetched, { encoding: 'utf8' });
    if (status !== 0) return { major, unavailable: stderr.trim().split('\n').at(-1) ?? 'npx failed' };
    return { major, ...(JSON.parse(stdout) as { file: string; v8: string }) };
  });
}
