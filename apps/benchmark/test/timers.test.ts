import { describe, expect, test } from '@jest/globals';
import { PartTimer } from '../src/contenders/part-timer.js';
import { findPython, pythonPeer } from '../src/harness/python.js';
import { timeBlocks, timeEach } from '../src/harness/timers.js';

test('timeEach prepares before every call', () => {
  const calls: string[] = [];
  const times = timeEach(
    () => calls.push('run'),
    () => calls.push('prepare'),
  )(2) as number[];
  expect(calls).toEqual(['prepare', 'run', 'prepare', 'run']);
  expect(times).toHaveLength(2);
  expect(times.every((time) => time >= 0)).toBe(true);
});

test('timeBlocks prepares before every block and tells each call its place', () => {
  const calls: Array<string | number> = [];
  const times = timeBlocks(
    3,
    (place) => calls.push(place),
    () => calls.push('prepare'),
  )(2);
  expect(calls).toEqual(['prepare', 0, 1, 2, 'prepare', 0, 1, 2]);
  expect(times).toHaveLength(2);
});

describe('PartTimer', () => {
  test('leaves what a method returns as it is, and adds up its time', async () => {
    const timer = new PartTimer();
    const begins: number[] = [];
    const owner = {
      two: 2,
      double(number: number) {
        return this.two * number;
      },
      later: () => new Promise((resolve) => setTimeout(() => resolve('done'), 20)),
    };
    timer.watch('arithmetic', owner, 'double', (at) => begins.push(at));
    timer.watch('waiting', owner, 'later');
    expect(owner.double(4)).toBe(8);
    expect(await owner.later()).toBe('done');
    expect(begins).toHaveLength(1);
    expect(timer.parts.waiting).toBeGreaterThan(10);
    expect(timer.parts.arithmetic).toBeGreaterThan(0);
    expect(timer.parts.arithmetic).toBeLessThan(timer.parts.waiting!);
  });

  test('refuses what is no method', () => {
    expect(() => new PartTimer().watch('x', { two: 2 }, 'two')).toThrow('two: expected a method, got 2');
  });
});

describe('Python', () => {
  test('is not found where there is none, and a peer then says what to install', () => {
    expect(findPython(['/nonexistent/python3'])).toBeUndefined();
    const peer = { needs: 'torch', script: 'update_torch.py', options: {} } as const;
    expect(pythonPeer(undefined, peer)).toEqual({
      unavailable:
        'not installed; on Debian: apt-get install python3-torch libopenblas0-pthread python3-numpy',
    });
  });

  test('runs a peer only where it has the module that is needed, with one thread or as many as are asked for', () => {
    const python = { file: 'py', python: '3.11', numpy: '1.24', torch: null, blas: null };
    const script = { script: 'act_numpy.py', options: { k: 1 } };
    for (const threads of [1, 2]) {
      const asked = threads === 1 ? {} : { threads };
      expect(pythonPeer(python, { needs: 'numpy', ...script, ...asked })).toEqual({
        file: 'py',
        args: [expect.stringMatching(/peers\/act_numpy\.py$/), `{"k":1,"threads":${threads}}`],
        threads,
      });
    }
    expect(pythonPeer(python, { needs: 'torch', ...script })).toHaveProperty('unavailable');
  });
});
