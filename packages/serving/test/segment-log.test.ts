import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkFeedbackLog, memoryLog, type FeedbackLog } from '../src/index.js';
import { openSegmentLog } from '../src/folder.js';
import { recommendation, recordsOf, reward, temporaryFolder } from './toy.js';

const first = '000001.ndjson';

describe('the contract of a log', () => {
  test('is kept by one in a folder, however it is cut', async () => {
    const folder = temporaryFolder();
    expect(await checkFeedbackLog(() => openSegmentLog(folder))).toEqual([]);
    const small = temporaryFolder();
    expect(await checkFeedbackLog(() => openSegmentLog(small, { segmentBytes: 300 }))).toEqual([]);
    expect(readdirSync(small).length).toBeGreaterThan(2);
  });

  test('is kept by one in memory, but for being closed', async () => {
    const log = memoryLog();
    const kept: FeedbackLog = { ...log, records: log.records.bind(log), close: () => Promise.resolve() };
    const findings = await checkFeedbackLog(() => Promise.resolve(kept));
    expect(findings.map(({ rule }) => rule)).toEqual(['closed-is-closed']);
  });

  test('is found broken where it is', async () => {
    const rulesBrokenBy = async (broken: Partial<FeedbackLog>) => {
      const log = { ...memoryLog(), ...broken };
      const findings = await checkFeedbackLog(() =>
        Promise.resolve({ ...log, close: () => Promise.resolve() }),
      );
      return findings.map(({ rule }) => rule);
    };
    expect(await rulesBrokenBy({ append: () => Promise.resolve(7) })).toContain('in-order');
    expect(await rulesBrokenBy({ read: () => Promise.resolve(undefined) })).toContain(
      'kept-when-opened-again',
    );
    expect(await rulesBrokenBy({ forget: () => Promise.resolve(0) })).toContain('forgets-users');
    expect(await rulesBrokenBy({ append: () => Promise.reject(new Error('full')) })).toContain(
      'read-what-was-appended',
    );
  });
});

test('many who wait are told after few writes', async () => {
  const folder = temporaryFolder();
  const log = await openSegmentLog(folder);
  await Promise.all(Array.from({ length: 500 }, (_, place) => log.append(reward(`r-${place}`, place))));
  await log.close();
  expect(readFileSync(join(folder, first), 'utf8').split('\n')).toHaveLength(501);
});

describe('what a process that died left behind', () => {
  test('is mended wherever it broke off: every whole record is kept, and nothing else', async () => {
    const folder = temporaryFolder();
    const log = await openSegmentLog(folder);
    const ends: number[] = [];
    for (let place = 0; place < 5; place++) {
      await log.append(reward(`r-${place}`, place, { item: 'größer' }));
      ends.push(readFileSync(join(folder, first)).length);
    }
    await log.close();
    const whole = readFileSync(join(folder, first));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.boolean(), async (length, hasZeros) => {
        writeFileSync(join(folder, first), whole.subarray(0, length));
        if (hasZeros) appendFileSync(join(folder, first), Buffer.alloc(64)); // as after a loss of power
        const mended = await openSegmentLog(folder);
        const kept = ends.filter((end) => end <= length);
        expect(mended.mended).toBe(length - (kept.at(-1) ?? 0) + (hasZeros ? 64 : 0));
        expect(await recordsOf(mended.records())).toHaveLength(kept.length);
        await mended.append(reward('next', 9));
        expect((await recordsOf(mended.records())).at(-1)).toEqual(reward('next', 9));
        await mended.close();
      }),
      { numRuns: 40 },
    );
  });

  test('is refused where something is broken before what is whole', async () => {
    const folder = temporaryFolder();
    const log = await openSegmentLog(folder);
    for (const id of ['a', 'b', 'c']) await log.append(reward(id, 1));
    await log.close();
    const text = readFileSync(join(folder, first), 'utf8');
    writeFileSync(join(folder, first), text.replace('"id":"b"', '"id:"b"'));
    await expect(openSegmentLog(folder)).rejects.toThrow(
      /000001\.ndjson: the log is damaged, .* at byte \d+/,
    );
    expect(readdirSync(folder)).toEqual([first]);
  });

  test('and its lock are taken over, while a living process keeps others out', async () => {
    const folder = temporaryFolder();
    const dead = execFileSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' });
    writeFileSync(join(folder, `lock.${dead.trim()}`), '');
    const log = await openSegmentLog(folder);
    expect(readdirSync(folder).sort()).toEqual([first, `lock.${process.pid}`]);
    await expect(openSegmentLog(folder)).rejects.toThrow(`but process ${process.pid} has`); // this one too
    await log.close();
    expect(readdirSync(folder)).toEqual([first]);
    writeFileSync(join(folder, `lock.${process.ppid}`), '');
    await expect(openSegmentLog(folder)).rejects.toThrow(`but process ${process.ppid} has`);
    expect(readdirSync(folder).sort()).toEqual([first, `lock.${process.ppid}`]);
  });

  test('and its lock go to one of many that begin at once', async () => {
    const folder = temporaryFolder();
    const module = new URL('../dist/folder.js', import.meta.url).href;
    const program = `
      const { openSegmentLog } = await import(${JSON.stringify(module)});
      const at = Number(process.argv[1]);
      await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
      const log = await openSegmentLog(process.argv[2]).catch(() => undefined);
      console.log(log ? 'open' : 'taken');
      setTimeout(() => log?.close(), 1500); // longer than anybody waits
    `;
    for (const dead of [1e6, 2e6]) writeFileSync(join(folder, `lock.${9e6 + dead}`), '');
    const at = String(Date.now() + 1500);
    const said = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const args = ['--input-type=module', '-e', program, at, folder];
        const { stdout } = await promisify(execFile)(process.execPath, args);
        return stdout.trim();
      }),
    );
    expect(said.sort()).toEqual(['open', 'taken', 'taken', 'taken']);
  }, 60_000);
});

describe('segments', () => {
  test('that are full are sealed, and one that has changed is refused', async () => {
    const folder = temporaryFolder();
    const log = await openSegmentLog(folder, { segmentBytes: 100 });
    for (let place = 0; place < 4; place++) await log.append(reward(`r-${place}`, place));
    expect(readdirSync(folder).sort()).toEqual(['000001.ndjson', '000002.ndjson', `lock.${process.pid}`]);
    const seal = JSON.parse(readFileSync(join(folder, first), 'utf8').trim().split('\n').at(-1)!) as object;
    expect(seal).toMatchObject({ kind: 'seal', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await log.close();
    const text = readFileSync(join(folder, first), 'utf8');
    writeFileSync(join(folder, first), text.replace('"reward":1', '"reward":0'));
    const again = await openSegmentLog(folder);
    await expect(recordsOf(again.records())).rejects.toThrow('the log is damaged, this segment has changed');
    await again.close();
  });

  test('half sealed are mended and sealed again', async () => {
    const folder = temporaryFolder();
    const log = await openSegmentLog(folder, { segmentBytes: 100 });
    for (let place = 0; place < 2; place++) await log.append(reward(`r-${place}`, place));
    await log.close();
    appendFileSync(join(folder, first), '{"kind":"seal","sha256":"ab');
    const again = await openSegmentLog(folder, { segmentBytes: 100 });
    await again.append(reward('r-2', 2));
    expect(await recordsOf(again.records())).toHaveLength(3);
    await again.close();
  });

  test('go by age as a whole', async () => {
    const folder = temporaryFolder();
    const log = await openSegmentLog(folder, { segmentTime: 10 });
    for (const at of [0, 5, 12, 19, 25]) await log.append(reward(`at-${at}`, at));
    await log.retain(6);
    const left = async () => (await recordsOf(log.records())).map(({ at }) => at);
    expect(await left()).toEqual([12, 19, 25]);
    await log.retain(100);
    expect(await left()).toEqual([]);
    await log.append(reward('next', 101));
    expect(await left()).toEqual([101]);
    await log.close();
  });

  test('hold nothing of a forgotten user, and keep the places of all others', async () => {
    const folder = temporaryFolder();
    const log = await openSegmentLog(folder, { segmentBytes: 600 });
    const positions = [];
    for (let place = 0; place < 12; place++) {
      const user = place % 2 === 0 ? 'ann "the" ö' : 'bob';
      positions.push(await log.append(recommendation(`e-${place}`, place, { user })));
    }
    expect(await log.forget('ann "the" ö')).toBe(6);
    const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
    for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).not.toContain('ann');
    expect(await log.read(positions[3]!)).toMatchObject({ eventId: 'e-3' });
    expect(await log.read(positions[4]!)).toBeUndefined();
    expect(await recordsOf(log.records())).toHaveLength(6); // seals are right again, or this throws
    expect(await log.forget('ann "the" ö')).toBe(0);
    await log.close();
  });
});

test('where a disk is full the record is not there, others are whole, and it goes on once there is room', () => {
  const folder = temporaryFolder();
  const program = `
    import { openSegmentLog } from ${JSON.stringify(new URL('../dist/folder.js', import.meta.url).href)};
    const log = await openSegmentLog(${JSON.stringify(folder)});
    const answers = [];
    const record = (id, item) => ({ kind: 'reward', id, at: 1, eventId: 'e', item, reward: 1 });
    for (const [id, item] of [['a', 'mug'], ['b', 'x'.repeat(20000)], ['c', 'cap']]) {
      answers.push(await log.append(record(id, item)).then(() => 'written', ({ code }) => code));
    }
    await log.close();
    console.log(JSON.stringify(answers));`;
  // No file may grow beyond 8 KiB: to who writes, that is a disk that is full.
  const limited = `trap '' XFSZ; ulimit -f 8; exec ${process.execPath} --input-type=module --eval "$PROGRAM"`;
  const out = execFileSync('bash', ['-c', limited], {
    encoding: 'utf8',
    env: { ...process.env, PROGRAM: program },
  });
  expect(JSON.parse(out)).toEqual(['written', 'EFBIG', 'written']);
  const lines = readFileSync(join(folder, first), 'utf8').trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['a', 'c']);
  truncateSync(join(folder, first), 0);
});
