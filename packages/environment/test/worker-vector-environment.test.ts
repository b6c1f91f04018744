import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { syncVectorEnvironment, type Environment, type VectorEnvironment } from '../src/index.js';

// Threads run JavaScript: what is built is tested here, under the name that it is imported by.
const entryPoint: string = '@rl-recsys/environment/workers';
const { workerVectorEnvironment } = (await import(entryPoint)) as typeof import('../src/workers.js');

const module = new URL('./walk.fixture.js', import.meta.url);
type Action = number | string;
type Walk = VectorEnvironment<Float32Array, Action>;
type Make = (options?: object) => Environment<Float32Array, Action>;

const opened: Walk[] = [];
async function open(count: number, workers: number, options?: object): Promise<Walk> {
  const environments = await workerVectorEnvironment<Float32Array, Action>({
    module,
    count,
    workers,
    options,
  });
  opened.push(environments);
  return environments;
}
afterEach(async () => {
  for (const environments of opened.splice(0)) await environments.close();
});

/** All that an agent sees of `steps` steps with random actions. */
async function record(environments: Walk, steps: number) {
  const random = Random.fromSeed(5);
  const seen: unknown[] = [(await environments.reset({ seed: 10 })).observations];
  for (let step = 0; step < steps; step++) {
    const actions = Array.from({ length: environments.count }, () => random.integer(2));
    const { infos, ...rest } = await environments.step(actions);
    expect(infos).toHaveLength(environments.count);
    seen.push(rest);
  }
  return JSON.stringify(seen);
}

describe.each([{}, { answersLater: true }])('with options %j', (options) => {
  test('the same seeds give the same results as in one process, for any number of workers', async () => {
    const { default: make } = (await import(module.href)) as { default: Make };
    const here = syncVectorEnvironment(Array.from({ length: 5 }, () => () => make(options)));
    const expected = await record(here, 40);
    expect(expected).toContain('"reset":[true');
    for (const workers of [1, 2]) expect(await record(await open(5, workers, options), 40)).toBe(expected);
  });
});

test('the environments share the workers evenly, and none is in this thread', async () => {
  const { infos } = await (await open(5, 2)).reset();
  const threads = infos.map(({ threadId }) => threadId as number);
  expect(threads).not.toContain(0);
  expect(new Set(threads).size).toBe(2);
  expect(threads.filter((thread) => thread === threads[0])).toHaveLength(3);
});

test('the module may be a URL, its text, or a path; the spaces are its own', async () => {
  for (const name of [module, module.href, fileURLToPath(module)]) {
    const environments: Walk = await workerVectorEnvironment({ module: name, count: 1 });
    opened.push(environments);
    expect(environments.observationSpace).toMatchObject({ kind: 'box', length: 2, low: [-9, -9] });
    expect(environments.actionSpace.contains(1)).toBe(true);
    expect((await environments.reset()).observations).toEqual([Float32Array.of(0, 0)]);
  }
});

describe('failures', () => {
  test('an environment that throws is named, with its error as cause, and can be reset', async () => {
    const environments = await open(3, 2);
    await environments.reset();
    await expect(environments.step([0, 'throw', 0])).rejects.toMatchObject({
      message: 'environment 1: RangeError: action: expected 0 or 1, got 2',
      cause: expect.objectContaining({ name: 'RangeError', message: 'action: expected 0 or 1, got 2' }),
    });
    await environments.reset({ seed: 1 });
    expect(await environments.step([1, 1, 1])).toMatchObject({ reset: [false, false, false] });
  });

  test('a worker that exits rejects the call, and every later one', async () => {
    const environments = await open(2, 2);
    await environments.reset();
    await expect(environments.step([0, 'exit'])).rejects.toMatchObject({
      message: 'environment 1: Error: its worker exited with code 3',
      cause: expect.objectContaining({ message: 'its worker exited with code 3' }),
    });
    await expect(environments.reset()).rejects.toThrow('environment 1: Error: its worker exited with code 3');
    await environments.close();
  });

  test('a worker that crashes outside a call tells why', async () => {
    const environments = await open(1, 1);
    await environments.reset();
    await expect(environments.step(['crash'])).rejects.toThrow(
      'environment 0: Error: its worker failed: Error: out of reach',
    );
  });

  test('a message that is no answer is named, and taken for none', async () => {
    const environments = await open(1, 1);
    await environments.reset();
    await expect(environments.step(['chatter'])).rejects.toThrow(
      'environment 0: Error: its worker sent a message that is no answer: { id, result }',
    );
  });

  test('an answer that is no step is named', async () => {
    const environments = await open(1, 1);
    await environments.reset();
    await expect(environments.step(['garbage'])).rejects.toThrow(
      'environment 0: TypeError: step: expected a record with an observation, got "garbage"',
    );
  });

  test('what cannot be sent is told, in both directions', async () => {
    const environments = await open(2, 1);
    await environments.reset();
    await expect(environments.step([0, 'send'])).rejects.toThrow(/^environment 1: .*could not be cloned/s);
    await environments.reset();
    const unsendable = (() => 0) as unknown as number;
    await expect(environments.step([unsendable, 0])).rejects.toThrow(
      /^environment 0: .*could not be cloned/s,
    );
    expect((await environments.reset()).observations).toHaveLength(2);
  });
});

describe('close', () => {
  test('twice is safe, and nothing follows it', async () => {
    const environments = await open(3, 2);
    await environments.reset();
    await Promise.all([environments.close(), environments.close()]);
    await environments.close();
    await expect(environments.reset()).rejects.toThrow('reset: expected open environments, got closed ones');
  });

  test('rejects a call under way, also one that would never end', async () => {
    const environments = await open(2, 2);
    await environments.reset();
    const step = expect(environments.step([0, 'hang'])).rejects.toThrow(
      /^environment \d: Error: its worker was closed/,
    );
    await environments.close();
    await step;
  });
});

test.each([0, 1.5, NaN])('count %d is named', async (count) => {
  await expect(workerVectorEnvironment({ module, count })).rejects.toThrow(
    `count: expected a positive integer, got ${count}`,
  );
});

test.each([0, 3, 1.5])('workers %d of 2 environments is named', async (workers) => {
  await expect(workerVectorEnvironment({ module, count: 2, workers })).rejects.toThrow(
    `workers: expected an integer from 1 to count = 2, got ${workers}`,
  );
});

test('a module without a maker is named', async () => {
  const empty = 'data:text/javascript,export const nothing = 0';
  await expect(workerVectorEnvironment({ module: empty, count: 1 })).rejects.toThrow(
    `module: expected a default export that makes an environment, got undefined from ${empty}`,
  );
});

test('the main entry point reaches no module of Node, so that browsers can load it', () => {
  const reached = new Set<string>();
  const visit = (file: URL) => {
    if (reached.has(file.href)) return;
    reached.add(file.href);
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) {
      expect(name).not.toMatch(/^node:/);
      if (name!.startsWith('.')) visit(new URL(name!.replace(/\.js$/, '.ts'), file));
    }
  };
  visit(new URL('../src/index.ts', import.meta.url));
  expect(reached.size).toBeGreaterThan(10);
});

test('environments in workers go on where others were stopped', async () => {
  const [one, other] = [await open(3, 2, { isSaved: true }), await open(3, 1, { isSaved: true })];
  const actions = [0, 1, 0];
  await one.reset({ seed: 1 });
  for (let step = 0; step < 7; step++) await one.step(actions);
  await other.restore!(await one.state!());
  for (let step = 0; step < 9; step++) {
    const { observations, rewards, terminated, reset } = await one.step(actions);
    expect(await other.step(actions)).toMatchObject({ observations, rewards, terminated, reset });
  }
  expect(await open(1, 1)).not.toHaveProperty('state');
});
