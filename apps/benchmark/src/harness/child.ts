import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { About, Greeting, TurnAnswer, TurnRequest, Unavailable } from './protocol.js';

/** A program to start. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** How many threads its libraries may use (default 1). */
  readonly threads?: number;
}

/** A running contender. */
export interface Child {
  readonly about: About;
  request(request: TurnRequest): Promise<TurnAnswer>;
  /** Lets it end, and waits for that. */
  close(): Promise<void>;
}

/** One thread unless another number is asked for: what is compared is code, not how many cores it takes. */
const THREAD_SETTINGS = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'];
/** Peers leave no compiled files beside their sources. */
const NO_BYTECODE = { PYTHONDONTWRITEBYTECODE: '1' };

/**
 * Starts a contender and waits until it is ready, or has said why it can't be.
 *
 * @throws Error where it ends early or says something else than the protocol has; with its stderr.
 */
export async function startChild({ file, args, threads = 1 }: Command): Promise<Child | Unavailable> {
  const counts = Object.fromEntries(THREAD_SETTINGS.map((name) => [name, String(threads)]));
  const process_ = spawn(file, args, { env: { ...process.env, ...counts, ...NO_BYTECODE } });
  let complaints = '';
  process_.stderr.on('data', (text: Buffer) => (complaints = (complaints + String(text)).slice(-4000)));
  process_.stdin.on('error', () => undefined); // a child that has ended is noticed where its line is missing
  const ended = new Promise<string>((resolve) => {
    process_.on('error', (error) => resolve(error.message));
    process_.on('close', (code, signal) => resolve(`it ended with ${signal ?? `exit code ${code}`}`));
  });
  const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();

  const nextLine = async (): Promise<Record<string, unknown>> => {
    const line = await lines.next();
    if (line.done) throw new Error(`${[file, ...args].join(' ')}: ${await ended}\n${complaints}`);
    try {
      return JSON.parse(line.value) as Record<string, unknown>;
    } catch (cause) {
      throw new Error(`${file} ${args[0]}: expected a line of JSON, got ${line.value}`, { cause });
    }
  };
  const close = async (): Promise<void> => {
    process_.stdin.end();
    await ended;
  };

  const greeting = (await nextLine()) as unknown as Greeting;
  if ('unavailable' in greeting) {
    await close();
    return greeting;
  }
  return {
    about: greeting.ready,
    close,
    request: async (request) => {
      process_.stdin.write(`${JSON.stringify(request)}\n`);
      return assertAnswer(await nextLine(), request);
    },
  };
}

function assertAnswer(answer: Record<string, unknown>, { task, iterations }: TurnRequest): TurnAnswer {
  const { times } = answer as Partial<TurnAnswer>;
  if (!Array.isArray(times) || times.length !== iterations) {
    const came = Array.isArray(times) ? `${times.length}` : JSON.stringify(answer);
    throw new Error(`${task}: expected the times of ${iterations} iterations, got ${came}`);
  }
  return answer as unknown as TurnAnswer;
}
