import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** What Node's parser says of bytes that are no request, where that is not 400. */
const STATUS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Refuses bytes that are no HTTP as everything else is refused, and ends the connection: what comes after them means nothing. */
export function refuseBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const status = STATUS[error.code ?? ''] ?? 400;
  const body = JSON.stringify({ field: 'request', message: `request: expected HTTP, got ${error.message}` });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...['connection: close', 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`],
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
