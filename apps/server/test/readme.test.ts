import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startServer, toyRun, type RunningServer } from './toy-run.js';

/** The lines of a page's shell blocks that ask a server, each with its continuations. */
function curlsIn(page: URL): string[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/```sh\n(.*?)```/gs);
  const lines = Array.from(blocks, ([, code]) => code!.replaceAll('\\\n', ' ').split('\n')).flat();
  return lines.filter((line) => line.startsWith('curl '));
}

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(await toyRun(), '--no-auth');
});
afterAll(() => server.stop());

describe.each([
  ['the project’s README', '../../../README.md', 2],
  ['the server’s README', '../README.md', 5],
])('%s', (_, page, least) => {
  const curls = curlsIn(new URL(page, import.meta.url));

  test('asks a server', () => expect(curls.length).toBeGreaterThanOrEqual(least));

  test('is answered', async () => {
    const answers: string[] = [];
    for (const line of curls) {
      const command = line
        .replace('localhost:8080', server.url)
        .replace('curl ', 'curl -sS --fail-with-body ');
      const answer = await new Promise<string>((resolve, reject) => {
        execFile('bash', ['-c', command], (error, stdout, stderr) => {
          if (error) reject(new Error(`${line}\n${stdout}${stderr}`));
          else resolve(stdout);
        });
      });
      answers.push(answer);
    }
    expect(answers.some((answer) => answer.includes('"probability":'))).toBe(true);
    expect(answers.some((answer) => answer.includes('"status":"accepted"'))).toBe(true);
    expect(answers.some((answer) => answer.includes('"status":"refused"'))).toBe(false);
  });
});
