import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { runInWorkerd } from '@rl-recsys/testing';
import { createEmbeddingTable, UserFoldIn } from '../src/index.js';
import { InnerProducts, InnerProductSearch } from '../src/search.js';

const folder = fileURLToPath(new URL('.', import.meta.url));

test('workerd compiles no WebAssembly that comes as bytes', async () => {
  const code = `export default () => {
    try {
      return String(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
    } catch (error) {
      return String(error);
    }
  };`;
  expect(await runInWorkerd(code, folder)).toMatch(/^CompileError: .*disallowed/);
});

test('search, inner products and fold-in give the same there as in Node', async () => {
  const vectors = Array.from({ length: 300 }, (_, place) => Math.fround(Math.sin(place)));
  const foldIn = { kind: 'ratings', regularization: 0.1, biasRegularization: 0.1 } as const;
  const code = `
    import { createEmbeddingTable, InnerProducts, InnerProductSearch } from '@rl-recsys/embeddings/search';
    import { UserFoldIn } from '@rl-recsys/embeddings/fold-in';
    export default () => {
      const items = createEmbeddingTable(Float32Array.from(${JSON.stringify(vectors)}), 3);
      const query = Float32Array.of(1, 2, 3);
      const users = new UserFoldIn({ items, itemBias: new Float32Array(100), mean: 3, foldIn: ${JSON.stringify(foldIn)} });
      const { vector, bias } = users.fold({ items: Int32Array.of(4, 7), ratings: Float32Array.of(5, 1) });
      return {
        best: new InnerProductSearch(items).topK(query, 5),
        products: [...new InnerProducts([items]).of(0, query)],
        user: [...vector, bias],
      };
    };`;
  const items = createEmbeddingTable(Float32Array.from(vectors), 3);
  const query = Float32Array.of(1, 2, 3);
  const users = new UserFoldIn({ items, itemBias: new Float32Array(100), mean: 3, foldIn });
  const { vector, bias } = users.fold({ items: Int32Array.of(4, 7), ratings: Float32Array.of(5, 1) });
  const here = {
    best: new InnerProductSearch(items).topK(query, 5),
    products: [...new InnerProducts([items]).of(0, query)],
    user: [...vector, bias],
  };
  expect(here.best).toHaveLength(5);
  expect(await runInWorkerd(code, folder)).toEqual(here);
});
