import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * Writes one synthetic log as CSV and as Parquet: the item of popularity rank k, of n, comes with a probability
 * that falls as (k / n) to the power of −2/3, the users likewise to that of −1/3. Ids are integers; the same log
 * at every call.
 */
export async function writePowerLawFiles(
  folder: string,
  { ratings, users, items }: { readonly ratings: number; readonly users: number; readonly items: number },
): Promise<{ csv: string; parquet: string }> {
  const [csv, parquet] = [join(folder, 'log.csv'), join(folder, 'log.parquet')];
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '2GB' });
  const connection = await instance.connect();
  try {
    await connection.run('SELECT setseed(0.5)');
    await connection.run(`COPY (
      SELECT 1 + floor(${users} * pow(random(), 1.5))::INTEGER AS "user",
        1 + floor(${items} * pow(random(), 3))::INTEGER AS item,
        1 + floor(5 * random())::INTEGER AS rating,
        1600000000 + row AS time
      FROM range(${ratings}) AS rows(row)
    ) TO '${parquet}' (FORMAT parquet)`);
    await connection.run(`COPY (FROM '${parquet}') TO '${csv}' (FORMAT csv, HEADER)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return { csv, parquet };
}
