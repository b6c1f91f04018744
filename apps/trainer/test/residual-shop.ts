import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '../src/run/table.js';
import { runCli, shopColumns, temporaryFolder, writeShop, type Outcome } from './shop.js';

/** The default variant on a shop's ratings, in batches that a small log learns from soon. */
export const residualOptions = [...shopColumns, '--variant', 'residual', '--batch-size', '16'];

/** A shop's folder, in which the default variant is trained under several names, and what the tables of its runs say. */
export function residualShop() {
  const folder = temporaryFolder();
  const { rated } = writeShop(folder);
  const train = (name: string, steps: string, ...others: string[]): Promise<Outcome> =>
    runCli(folder, 'train', ...residualOptions, '--steps', steps, '--name', name, ...others);
  const tableOf = (name: string) =>
    JSON.parse(readFileSync(join(folder, 'runs', name, 'table.json'), 'utf8')) as Table;
  const rowOf = (name: string, policy: string) => tableOf(name).rows.find((row) => row.policy === policy)!;
  return { folder, rated, train, tableOf, rowOf };
}
