import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Command } from '../src/harness/child.js';
import { race } from '../src/harness/race.js';

const folder = mkdtempSync(join(tmpdir(), 'race-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fake(options: { name: string; time?: number; log?: string; fault?: string }): Command {
  const path = fileURLToPath(new URL('fake-child.mjs', import.meta.url));
  return { file: process.execPath, args: [path, JSON.stringify(options)] };
}

const plan = { rounds: 2, turnMs: 1, warmUpMs: 0, iterations: 3 };

describe('race', () => {
  test('pools the times of all rounds, sums the details and keeps the order of the entries', async () => {
    const results = await race(
      [
        { name: 'missing', command: { unavailable: 'buy it' } },
        { name: 'slow', command: fake({ name: 'slow', time: 5 }) },
        { name: 'fast', command: fake({ name: 'fast', time: 2 }) },
      ],
      plan,
    );
    expect(results).toEqual([
      { name: 'missing', missing: 'buy it' },
      { name: 'slow', count: 6, ...all(5), details: { learned: 4 }, about: { name: 'slow' } },
      { name: 'fast', count: 6, ...all(2), details: { learned: 4 }, about: { name: 'fast' } },
    ]);
  });

  test('begins each round with another contender', async () => {
    const log = join(folder, 'turns');
    const entries = ['a', 'b', 'c'].map((name) => ({ name, command: fake({ name, log }) }));
    await race(entries, { ...plan, iterations: 1 });
    const turns = readFileSync(log, 'utf8').match(/^\w/gm)!.join('');
    expect(turns).toBe('abc' + 'abc' + 'bca'); // the first three are the warm-up
  });

  test('asks one process for several tasks where entries share a command', async () => {
    const log = join(folder, 'tasks');
    const command = fake({ name: 'both', log });
    await race(
      [
        { name: 'adding', task: 'add', command },
        { name: 'sampling', task: 'sample', command },
      ],
      { ...plan, rounds: 1 },
    );
    expect(readFileSync(log, 'utf8').trim().split('\n').slice(2)).toEqual(['both:add:3', 'both:sample:3']);
  });

  test('fills a turn with as many iterations as fit, at most 2000', async () => {
    const command = fake({ name: 'fast' });
    const [result] = await race([{ name: 'fast', command }], { rounds: 1, turnMs: 1e9, warmUpMs: 1 });
    expect(result).toMatchObject({ count: 2000 });
  });

  test.each([
    ['dies', /exit code 3\nout of ideas/],
    ['chatters', /expected a line of JSON, got hello/],
    ['loses', /run: expected the times of 3 iterations, got 0/],
  ])('tells what is wrong where a child %s', async (fault, message) => {
    await expect(race([{ name: 'x', command: fake({ name: 'x', fault }) }], plan)).rejects.toThrow(message);
  });

  test('goes on without a child that declines', async () => {
    const entries = ['declines', 'none'].map((name) => ({ name, command: fake({ name, fault: name }) }));
    const [declined, other] = await race(entries, plan);
    expect(declined).toEqual({ name: 'declines', missing: 'buy a screen' });
    expect(other).toMatchObject({ name: 'none', count: 6 });
  });

  test('tells where a program can’t be started', async () => {
    const command = { file: join(folder, 'nothing'), args: [] };
    await expect(race([{ name: 'x', command }], plan)).rejects.toThrow(/ENOENT/);
  });
});

function all(time: number) {
  return { median: time, min: time, p5: time, p95: time, p99: time };
}
