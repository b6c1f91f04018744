import { workerData, type MessagePort } from 'node:worker_threads';
import type { SavedState } from '@rl-recsys/random';
import type { Environment } from '../environment.js';
import { makerFrom } from './environment-module.js';
import type { WorkerReply, WorkerRequest, WorkerSetup } from './worker-messages.js';

const { module, options, count, port } = workerData as WorkerSetup & { readonly port: MessagePort };
const make = await makerFrom(module);
const environments: Environment<unknown, unknown>[] = [];
for (let index = 0; index < count; index++) environments.push(await make(options));

async function answer({ id, environment, method, argument }: WorkerRequest): Promise<WorkerReply> {
  try {
    const asked = environments[environment]!;
    if (method === 'close') return { id, result: await asked.close?.() };
    if (method === 'step') return { id, result: await asked.step(argument) };
    if (method === 'state') return { id, result: await asked.state!() };
    if (method === 'restore') return { id, result: await asked.restore!(argument as SavedState) };
    return { id, result: await asked.reset(argument as Record<string, never>) };
  } catch (error) {
    return { id, error };
  }
}

function send(reply: WorkerReply): void {
  try {
    port.postMessage(reply);
  } catch (error) {
    // A function in `info`, say, can't be sent; what went wrong can, as text.
    const problem = 'error' in reply ? reply.error : error;
    port.postMessage({ id: reply.id, error: new Error(String(problem)) });
  }
}

port.on('message', (request: WorkerRequest) => void answer(request).then(send));
