import { DuckDBInstance } from '@duckdb/node-api';
import { serve } from '../harness/serve.js';

/** DuckDB's own scan of a file, by one thread as ours: how often each item is in it. */
const { file } = JSON.parse(process.argv[2]!) as { file: string };
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();

await serve({
  run: async () => {
    const startedAt = performance.now();
    await connection.runAndReadAll(`SELECT item, count(*) FROM '${file}' GROUP BY item`);
    return [performance.now() - startedAt];
  },
});
