// Serves the built site at a port of this machine: PORT, or any that is free.
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  ...{ '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' },
  ...{ '.json': 'application/json', '.svg': 'image/svg+xml', '.webp': 'image/webp', '.woff2': 'font/woff2' },
  ...{ '.wasm': 'application/wasm' },
};

/** Serves `folder` as a static host does; addresses without an ending are pages. */
export function serveSite(folder, port = 0) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    const place = join(folder, path);
    const file = [place, `${place}.html`, join(place, 'index.html')].find(
      (each) => existsSync(each) && statSync(each).isFile(),
    );
    response.statusCode = file ? 200 : 404;
    response.setHeader(
      'content-type',
      file ? (TYPES[extname(file)] ?? 'application/octet-stream') : 'text/plain',
    );
    response.end(file ? readFileSync(file) : 'not found');
  });
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () =>
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }),
    ),
  );
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await serveSite(join(import.meta.dirname, '../dist'), Number(process.env.PORT ?? 0));
  console.log(`The site is at ${url}; Ctrl-C stops it.`);
}
