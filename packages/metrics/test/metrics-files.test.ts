import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MetricsFiles, readJsonLines } from '../src/files/index.js';
import { lineAt } from './lines.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metrics-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

test('each line is in the file as soon as it is written', async () => {
  const files = await MetricsFiles.open(folder);
  await files.line(lineAt(10));
  expect(read('metrics.jsonl')).toBe(JSON.stringify(lineAt(10)) + '\n');
  await files.line(lineAt(20));
  await files.session({ step: 20, user: 3, history: [], shown: [{ item: 1, reward: 2, parts: null }] });
  await files.close();
  expect(await readJsonLines(join(folder, 'metrics.jsonl'))).toEqual([lineAt(10), lineAt(20)]);
  expect(await readJsonLines(join(folder, 'sessions.jsonl'))).toMatchObject([{ step: 20, user: 3 }]);
  expect(readdirSync(folder).sort()).toEqual(['metrics.jsonl', 'sessions.jsonl']);
});

test('begins anew where no step is given, and else drops what was not saved and what is half a line', async () => {
  const write = async (from: number, ...steps: number[]) => {
    const files = await MetricsFiles.open(folder, { from });
    for (const step of steps) await files.line(lineAt(step));
    await files.close();
  };
  await write(0, 10, 20, 30);
  appendFileSync(join(folder, 'metrics.jsonl'), '{"step":');
  await write(20, 25);
  const steps = async () =>
    (await readJsonLines<{ step: number }>(join(folder, 'metrics.jsonl'))).map(({ step }) => step);
  expect(await steps()).toEqual([10, 20, 25]);
  await write(0, 5);
  expect(await steps()).toEqual([5]);
});

test('writes events of TensorBoard too where that is asked', async () => {
  const files = await MetricsFiles.open(folder, { tensorboard: true });
  await files.line(lineAt(10));
  await files.close();
  const [name] = readdirSync(folder).filter((each) => each.startsWith('events.out.tfevents.'));
  const bytes = readFileSync(join(folder, name!));
  const lengths: number[] = [];
  for (let place = 0; place < bytes.length; place += 16 + lengths.at(-1)!)
    lengths.push(Number(bytes.readBigUInt64LE(place)));
  expect(lengths).toHaveLength(2);
});

test('a damaged file is named with its line', async () => {
  appendFileSync(join(folder, 'metrics.jsonl'), '{}\nhello\n');
  await expect(readJsonLines(join(folder, 'metrics.jsonl'))).rejects.toThrow(
    'metrics.jsonl, line 2: expected JSON, got hello',
  );
});
