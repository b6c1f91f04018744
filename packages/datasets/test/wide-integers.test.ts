import { expect, test } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import { readLog } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const path = temporaryFolder();

test.each(['TINYINT', 'USMALLINT', 'UINTEGER', 'BIGINT', 'UBIGINT'])(
  'ids of type %s are read as text',
  async (type) => {
    const ids = ['0', '7', '120'];
    if (type.endsWith('BIGINT')) ids.push('16777216', '9007199254740993', '9007199254740992');
    ids.push(type.startsWith('U') ? '255' : '-7');
    if (type === 'UBIGINT') ids.push('18446744073709551615');
    const file = path(`${type}.parquet`);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows = ids.map(
      (id, row) => `(${id}::${type}, ${row}::${type}, ${row % 5}, ${1.7e12 + row}::BIGINT)`,
    );
    await connection.run(`COPY (SELECT * FROM (VALUES ${rows.join(', ')}) AS log("user", item, rating, timestamp))
    TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    const { log, users, items } = await readLog(file, { user: 'user', item: 'item' });
    expect(users.ids).toEqual(ids);
    expect(items.ids).toEqual(ids.map((_, row) => String(row)));
    expect(Array.from(log.timestamps)).toEqual(ids.map((_, row) => 1.7e12 + row));
  },
);

test('a row in a column of integers without a value is named', async () => {
  const file = path('missing.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (SELECT * FROM (VALUES (1::BIGINT, 1, 1), (NULL, 2, 2)) AS log("user", item, rating))
    TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  const failure = readLog(file, { user: 'user', item: 'item' });
  await expect(failure).rejects.toThrow('line 2: expected an id in column user, got nothing');
});
