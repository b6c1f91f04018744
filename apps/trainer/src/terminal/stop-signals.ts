/** What asks a process to end, and the exit code that a shell expects then. */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type StopSignal = keyof typeof CODES;

/** What is to be done before the process ends, such as giving the terminal its cursor back. */
const endings = new Set<() => void>();
let training: ((signal: StopSignal) => void) | undefined;

/**
 * Does something also where a signal ends the process, until what this returns is called.
 *
 * Nobody listens for signals while nothing is to be done: they end the process at once then, also in the middle of a computation.
 */
export function atEnd(ending: () => void): () => void {
  if (endings.size === 0) listen('on');
  endings.add(ending);
  return () => {
    endings.delete(ending);
    if (endings.size === 0) listen('off');
  };
}

/** Does at once all that is to be done before the process ends. */
export function endAll(): void {
  for (const ending of [...endings]) ending();
}

/**
 * Lets work come to a good end where a signal asks for it; a second one ends the process at once.
 *
 * @param work - is given what aborts at the first signal.
 * @returns what the work gave, and the exit code where a signal came.
 */
export async function untilStopped<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<{ readonly result: Result; readonly code: number | undefined }> {
  const abort = new AbortController();
  let code: number | undefined;
  const release = atEnd(() => undefined);
  training = (signal) => {
    if (abort.signal.aborted) exit(signal);
    code = CODES[signal];
    abort.abort();
  };
  try {
    return { result: await work(abort.signal), code };
  } finally {
    training = undefined;
    release();
  }
}

function listen(how: 'on' | 'off'): void {
  for (const signal of Object.keys(CODES)) process[how](signal, onSignal);
}

function onSignal(signal: StopSignal): void {
  if (training) training(signal);
  else exit(signal);
}

function exit(signal: StopSignal): never {
  endAll();
  process.exit(CODES[signal]);
}
