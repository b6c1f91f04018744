import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Random } from '@rl-recsys/random';
import { beforeAll, expect, test } from '@jest/globals';
import { runCli, temporaryFolder, type Outcome } from './shop.js';

const folder = temporaryFolder();
const random = Random.fromSeed('events');
const skuOf = (item: number) => `SKU/${String.fromCharCode(65 + (item % 26))}-${item}`;
const seen = new Map<string, Set<string>>();

/** Three gzipped files of a shop's events: two kinds of customers, each of whom buys from one half of the shelf. */
function writeEvents(): void {
  mkdirSync(join(folder, 'exports'));
  const lines = Array.from({ length: 60 }, (_, user) => {
    const customer = `customer:${user.toString(36)}@shop`;
    const items = random.shuffle(Array.from({ length: 40 }, (_, item) => item)).slice(0, 24);
    seen.set(customer, new Set(items.map(skuOf)));
    return items.flatMap((item, day) => {
      const what =
        user % 2 !== item % 2 ? ['view'] : ['view', 'cart', 'purchase'].slice(0, 2 + random.integer(2));
      const at = new Date(Date.UTC(2026, 0, 1 + day, 9, user % 60)).toISOString();
      return what.map((event) => JSON.stringify({ who: customer, sku: skuOf(item), at, what: event }));
    });
  });
  for (const part of [0, 1, 2]) {
    const text = lines
      .filter((_, user) => user % 3 === part)
      .flat()
      .join('\n');
    writeFileSync(join(folder, 'exports', `part-${part}.ndjson.gz`), gzipSync(text));
  }
  const titles = Array.from({ length: 40 }, (_, item) => `${skuOf(item)},Thing number ${item}`);
  writeFileSync(join(folder, 'things.csv'), ['sku,name', ...titles].join('\n'));
}

const options = [
  ...['--dataset', 'events', '--data', 'exports', '--user-column', 'who', '--item-column', 'sku'],
  ...['--time-column', 'at', '--event-column', 'what', '--weights', 'view=1,cart=3,purchase=5'],
];

let trained: Outcome;
beforeAll(async () => {
  writeEvents();
  const items = ['--items-file', 'things.csv', '--title-column', 'name'];
  trained = await runCli(folder, 'train', ...options, ...items, '--steps', '1280', '--name', 'shop');
}, 120_000);

test('a folder of gzipped events is trained on, and its report tells what was read', () => {
  expect(trained).toMatchObject({ code: 0 });
  expect(trained.stdout).toContain('part-2.ndjson.gz: ');
  expect(trained.stdout).toMatch(/1,440 ratings of 60 users and 40 items/);
  expect(trained.stdout).toMatch(/│ DRR /);
});

test("recommends the shop's own ids, with titles, and nothing that the customer has met", async () => {
  const { stdout, code } = await runCli(
    folder,
    'recommend',
    '--run',
    'runs/shop',
    '--user',
    'customer:7@shop',
    '-k',
    '5',
  );
  expect(code).toBe(0);
  const recommended = stdout.split('Recommended:')[1]!.match(/SKU\/[A-Z]-\d+/g)!;
  expect(recommended).toHaveLength(5);
  for (const sku of recommended) {
    expect(seen.get('customer:7@shop')!.has(sku)).toBe(false);
    expect(stdout).toContain(`Thing number ${sku.split('-')[1]}`);
  }
}, 60_000);

test('a bad line ends the run with its file and number, unless it is allowed', async () => {
  mkdirSync(join(folder, 'broken'));
  const event = (what: string, sku: string) => JSON.stringify({ who: 'a', sku, at: '2026-01-01', what });
  writeFileSync(join(folder, 'broken/a.ndjson'), [event('view', 'x'), event('stare', 'y')].join('\n'));
  const args = [...options, '--data', 'broken', '--name', 'broken'];
  const { code, stderr } = await runCli(folder, 'train', ...args);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain(
    'a.ndjson, line 2: expected one of view, cart, purchase in column what, got "stare"',
  );
}, 60_000);
