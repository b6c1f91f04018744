/** What the system calls a disk, or a share of one, that is full. */
const FULL: readonly (string | undefined)[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** An error of the system as a sentence that says what to change; others as they are. */
export function explained(
  error: unknown,
  { port, feedback }: { readonly port: number; readonly feedback: string },
): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const sentence = sentenceOf(code, message, port, feedback);
  return sentence === undefined ? (error as Error) : new Error(sentence, { cause: error });
}

function sentenceOf(
  code: string | undefined,
  message: string,
  port: number,
  feedback: string,
): string | undefined {
  if (code === 'EADDRINUSE') return `--port: expected a port that is free, but ${port} is in use`;
  if (code === 'EADDRNOTAVAIL') return `--host: expected an address of this machine (${message})`;
  if (code === 'EACCES' && message.includes('listen'))
    return `--port: expected one that you may open, got ${port}`;
  if (FULL.includes(code))
    return `--feedback: expected room for the log, but the disk of ${feedback} is full`;
  if (code === 'EACCES' || code === 'EROFS')
    return `--feedback: expected a folder that can be written (${message})`;
  return undefined;
}
