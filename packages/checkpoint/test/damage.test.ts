import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { checksumOf } from '@rl-recsys/storage';
import { folderStorage } from '@rl-recsys/storage/folder';
import { Checkpoints, compare } from '../src/index.js';

const manifest = 'checkpoint-000002.json';
const first = 'checkpoint-000002-0000.bin';
const piece = 'checkpoint-000002-0001.bin';
const other = 'checkpoint-000002-0002.bin';

let folder: string;
let kept: ReadonlyMap<string, Uint8Array>;
const at = (name: string) => join(folder, name);
const open = (of = 'this run') => new Checkpoints({ storage: folderStorage(folder), of });
const stateOf = (step: number) => ({
  step,
  records: new Float32Array(300_000).fill(step),
  others: new Float64Array(140_000),
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  for (const step of [1, 2]) await open().save(stateOf(step), { step });
  const names = await folderStorage(folder).list();
  kept = new Map(await Promise.all(names.map(async (name) => [name, await readFile(at(name))] as const)));
  expect([...kept.keys()]).toEqual(expect.arrayContaining([manifest, first, piece, other]));
});
beforeEach(async () => {
  for (const name of await folderStorage(folder).list()) await rm(at(name));
  for (const [name, bytes] of kept) {
    await rm(at(name), { force: true, recursive: true });
    await writeFile(at(name), bytes);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const bytesOf = (name: string) => Buffer.from(kept.get(name)!);
const flip = (name: string, share: number) => async () => {
  const bytes = bytesOf(name);
  bytes[Math.floor(share * (bytes.length - 1))]! ^= 0x20;
  await writeFile(at(name), bytes);
};
/** The manifest with something else in it, sealed anew as who forges it would. */
const resealed = (change: (body: Record<string, unknown>) => object) => async () => {
  const body = JSON.parse(bytesOf(manifest).toString()) as Record<string, unknown>;
  delete body['seal'];
  const changed = change(body);
  const seal = checksumOf(new TextEncoder().encode(JSON.stringify(changed)));
  await writeFile(at(manifest), JSON.stringify({ ...changed, seal }));
};

test.each<[string, string, () => Promise<unknown>]>([
  ...[0, 0.1, 0.3, 0.5, 0.7, 0.9, 1].flatMap((share): [string, string, () => Promise<unknown>][] => [
    [`a flipped bit at ${share} of the manifest`, manifest, flip(manifest, share)],
    [`a flipped bit at ${share} of the state`, first, flip(first, share)],
    [`a flipped bit at ${share} of a piece`, piece, flip(piece, share)],
  ]),
  ...[0, 1, 200].flatMap((length): [string, string, () => Promise<unknown>][] => [
    [
      `a manifest cut after ${length} bytes`,
      manifest,
      () => writeFile(at(manifest), bytesOf(manifest).subarray(0, length)),
    ],
    [
      `a state cut after ${length} bytes`,
      first,
      () => writeFile(at(first), bytesOf(first).subarray(0, length)),
    ],
    [
      `a piece cut after ${length} bytes`,
      piece,
      () => writeFile(at(piece), bytesOf(piece).subarray(0, length)),
    ],
  ]),
  [
    'a state that is longer',
    first,
    () => writeFile(at(first), Buffer.concat([bytesOf(first), Buffer.of(0)])),
  ],
  ['a missing state', first, () => rm(at(first))],
  ['a missing piece', other, () => rm(at(other))],
  [
    'two pieces swapped',
    piece,
    async () => {
      await writeFile(at(piece), bytesOf(other));
      await writeFile(at(other), bytesOf(piece));
    },
  ],
  [
    'a piece of the checkpoint before',
    piece,
    () => writeFile(at(piece), bytesOf('checkpoint-000001-0001.bin')),
  ],
  [
    'the manifest of the checkpoint before',
    'checkpoint-000002-0000.bin',
    () => writeFile(at(manifest), bytesOf('checkpoint-000001.json')),
  ],
  ['a piece too many', 'checkpoint-000002-0003.bin', () => writeFile(at('checkpoint-000002-0003.bin'), 'x')],
  ['something else in the place of the state', first, () => writeFile(at(first), '\u0089PNG\r\n')],
  ['something else in the place of the manifest', manifest, () => writeFile(at(manifest), '"text"')],
  ['a checkpoint of another run', manifest, resealed((body) => ({ ...body, of: 'another run' }))],
  ['a newer version', manifest, resealed((body) => ({ ...body, version: 2 }))],
  ['another format', manifest, resealed((body) => ({ ...body, format: 'x' }))],
  [
    'a link in the place of a piece',
    piece,
    async () => {
      await rename(at(piece), join(folder, '.elsewhere'));
      await symlink(join(folder, '.elsewhere'), at(piece));
    },
  ],
  ['a huge JSON', manifest, () => writeFile(at(manifest), `{"format":"${'x'.repeat(5 << 20)}"}`)],
  ['a deep JSON', manifest, () => writeFile(at(manifest), '['.repeat(1 << 20))],
  [
    'a __proto__ in JSON',
    manifest,
    () =>
      writeFile(
        at(manifest),
        bytesOf(manifest).toString().replace('{', '{ "__proto__": { "seal": "x" }, "constructor": 1, '),
      ),
  ],
  [
    'records by other names',
    manifest,
    resealed((body) => ({ ...body, records: { '../../etc/passwd': 'a'.repeat(64) } })),
  ],
  ['no records', first, resealed((body) => ({ ...body, records: {} }))],
])('%s is refused by its name, and the one before is used', async (_, name, damage) => {
  await damage();
  const { checkpoint, passedOver } = await open().newest();
  expect(passedOver).toHaveLength(1);
  expect(passedOver[0]).toMatchObject({ number: 2 });
  expect(passedOver[0]!.why.startsWith(`${name}: `)).toBe(true);
  expect(checkpoint!.step).toBe(1);
  expect(compare(checkpoint!.state, stateOf(1))).toBeUndefined();
  expect(({} as Record<string, unknown>)['seal']).toBeUndefined();
});

test('a link in the place of a manifest is no checkpoint', async () => {
  await rename(at(manifest), join(folder, '.elsewhere'));
  await symlink('/dev/zero', at(manifest));
  expect((await open().newest()).checkpoint!.step).toBe(1);
});

test('a missing manifest is no checkpoint, and where all are damaged there is none', async () => {
  await rm(at(manifest));
  expect((await open().newest()).checkpoint!.step).toBe(1);
  const { checkpoint, passedOver } = await open('somebody else').newest();
  expect(checkpoint).toBeUndefined();
  expect(passedOver.map(({ why }) => why)).toEqual([
    'checkpoint-000001.json: is one of "this run", not of "somebody else"',
  ]);
});
