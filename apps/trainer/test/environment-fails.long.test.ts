import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { firstNotFinite } from '@rl-recsys/random';
import { decodeSaved } from '@rl-recsys/recommender';
import { options, writeEnvironment } from './line.js';
import { runCli, temporaryFolder } from './shop.js';

test('one that fails on the way ends the run: the cause is shown, what was learned is saved', async () => {
  const folder = temporaryFolder();
  writeEnvironment(
    folder,
    "if (steps > 700) return Promise.reject(new Error('the line is cut')); // as a remote one would",
  );
  const { code, stderr } = await runCli(folder, ...options);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain('error: the line is cut');
  expect(readdirSync(join(folder, 'runs/line'))).toEqual(
    expect.arrayContaining(['agent.bin', 'episodes.jsonl']),
  );
}, 120_000);

test('one that never answers ends the run in time, and what was learned is saved', async () => {
  const folder = temporaryFolder();
  writeEnvironment(folder, 'if (steps > 850) return new Promise(() => {});');
  const { code, stderr } = await runCli(folder, ...options, '--step-timeout', '0.5');
  expect(code).toBe(1);
  expect(stderr).toContain('error: step: expected an answer within 500 ms, got none');
  expect(readdirSync(join(folder, 'runs/line'))).toEqual(expect.arrayContaining(['agent.bin']));
  const refused = await runCli(folder, ...options, '--step-timeout', 'soon');
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^error: --step-timeout: .*number/),
  });
}, 120_000);

test('a reward that nothing can be learned from ends the run, and nothing that is not finite is saved', async () => {
  const folder = temporaryFolder();
  writeEnvironment(
    folder,
    'if (steps > 850) return { observation: Float32Array.of(place), reward: 1e38, terminated: false, truncated: false, info: {} };',
  );
  const { code, stderr } = await runCli(folder, ...options);
  expect(code).toBe(1);
  expect(stderr).toContain('error: reward: expected a number within');
  const saved = decodeSaved(readFileSync(join(folder, 'runs/line/agent.bin')));
  expect(firstNotFinite(saved, 'agent')).toBeUndefined();
}, 120_000);
