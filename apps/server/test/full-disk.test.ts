import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';
import { cli, post, toyRun } from './toy-run.js';

test('on a full disk it goes on answering, accepts nothing, and says so', async () => {
  const folder = await toyRun();
  // No file may grow beyond 8 KiB: to who writes, that is a disk that is full.
  const args = ['serve', '--run', 'runs/toy', '--no-auth', '--port', '0'].join(' ');
  const limited = `trap '' XFSZ; ulimit -f 8; exec ${process.execPath} ${cli} ${args}`;
  const child = spawn('bash', ['-c', limited], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const line = async (pattern: RegExp) => {
    for (;;) {
      const found = said.map((each) => pattern.exec(each)).find(Boolean);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (each) => said.push(each));
  }
  const [, url] = await line(/on (http:\S+)$/);
  const event = (id: number) => ({ events: [{ id: `r-${id}`, user: 'user-1', item: 'item-1', reward: 1 }] });
  let id = 0;
  while ((await post(`${url}/v1/events`, event(id))).status === 202) id += 1;
  const refused = await post(`${url}/v1/events`, event(id));
  expect(refused).toMatchObject({ status: 503, body: { field: 'feedback' } });
  expect((await post(`${url}/v1/recommendations`, { user: 'user-1', k: 1 })).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  await line(
    /^error: --feedback: expected room for the log, but the disk of feedback\/toy is full; no event/,
  );
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
