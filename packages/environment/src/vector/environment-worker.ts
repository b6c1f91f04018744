import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { describe } from '../check/describe.js';
import type { WorkerReply, WorkerRequest, WorkerSetup } from './worker-messages.js';

interface Call {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A thread with environments of its own, and the calls that it has not answered yet. They go through a channel of
 * their own: what an environment's module posts to its parent is no answer to any.
 */
export class EnvironmentWorker {
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly pending = new Map<number, Call>();
  private lastId = 0;
  private failure: Error | undefined;
  private closing: Promise<void> | undefined;

  constructor(private readonly setup: WorkerSetup) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.worker = new Worker(new URL('./worker-thread.js', import.meta.url), {
      workerData: { ...setup, port: port2 },
      transferList: [port2],
    });
    this.port.on('message', (reply: WorkerReply) => this.settle(reply));
    this.port.on('messageerror', (error) => this.fail(error));
    this.worker.on('message', (message: unknown) =>
      this.fail(new Error(`its worker sent a message that is no answer: ${describe(message)}`)),
    );
    this.worker.on('messageerror', (error) => this.fail(error));
    this.worker.on('error', (error: unknown) =>
      this.fail(new Error(`its worker failed: ${String(error)}`, { cause: error })),
    );
    this.worker.on('exit', (code) => this.fail(new Error(`its worker exited with code ${code}`)));
  }

  /** Calls a method of the environment with this index in the worker. */
  call(environment: number, method: WorkerRequest['method'], argument?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.failure) throw this.failure;
      const request: WorkerRequest = { id: ++this.lastId, environment, method, argument };
      this.port.postMessage(request); // throws where the argument can't be sent
      this.pending.set(request.id, { resolve, reject });
    });
  }

  /** Closes its environments, unless one of them is still at work, and ends the thread. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    try {
      if (!this.failure && this.pending.size === 0) {
        const indices = Array.from({ length: this.setup.count }, (_, index) => index);
        await Promise.all(indices.map((index) => this.call(index, 'close')));
      }
    } finally {
      this.fail(new Error('its worker was closed'));
      this.port.close();
      await this.worker.terminate();
    }
  }

  private settle(reply: WorkerReply): void {
    const call = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if ('error' in reply) call?.reject(reply.error);
    else call?.resolve(reply.result);
  }

  /** The first failure is the cause; an exit that follows it is not. */
  private fail(failure: Error): void {
    this.failure ??= failure;
    for (const { reject } of this.pending.values()) reject(this.failure);
    this.pending.clear();
  }
}
