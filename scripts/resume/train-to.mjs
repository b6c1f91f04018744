// Trains one kind in a process of its own. Told where to stop it goes on from the checkpoint in its folder, stops there and writes one; else
// it makes the whole training, and leaves a checkpoint in a folder of its own at each step where others are to stop.
//
//   node train-to.mjs <cpu|wasm> <threads> <kind> <folder> [<step>]
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { train } from '@rl-recsys/agent';
import { Checkpoints } from '@rl-recsys/checkpoint';
import { folderStorage } from '@rl-recsys/storage/folder';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import { setOutput } from '../../apps/trainer/dist/terminal/output.js';
import { KINDS } from './kinds.mjs';

const [backend, threads, kind, folder, until] = process.argv.slice(2);
setOutput({ quiet: true });
tf.enableProdMode();
if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} did not start`);
if (backend === 'wasm') await installFastKernels({ threads: Number(threads) });

const { steps, warmUp, amid, make } = KINDS[kind];
const { agent, environment } = await make(steps);
const abort = new globalThis.AbortController();
const kept = (place) => new Checkpoints({ storage: folderStorage(place), keep: 1 });
await (until === undefined ? trainWhole() : trainTo(Number(until)));

async function trainWhole() {
  const [stops, aRound] = [[], environment.count ?? 1];
  let hasEnded = false;
  const places = [
    (step) => step >= warmUp,
    (step) => step >= steps / 2 && hasEnded, // an episode's end
    () => true, // the next one's start
    (step) => step >= stops[1] + amid * aRound, // its middle
  ];
  await trained({
    onEpisode: () => (hasEnded = true),
    checkpoints: {
      isDue(step) {
        const isPlace = places[stops.length]?.(step) ?? false;
        if (isPlace) stops.push(step);
        hasEnded = false;
        return isPlace;
      },
      save: (state, step) => kept(join(folder, String(step))).save(state, { step }),
    },
  });
}

async function trainTo(last) {
  const checkpoints = kept(folder);
  const { checkpoint } = await checkpoints.newest();
  if (checkpoint?.step === last) abort.abort(); // directly after it is resumed
  await trained({
    ...(checkpoint && { resume: () => checkpoint.state }),
    checkpoints: {
      isDue(step) {
        if (step >= last) abort.abort();
        return false;
      },
      save: (state, step) => checkpoints.save(state, { step }),
    },
  });
}

function trained(options) {
  return train({ agent, environment, steps, seed: 1, signal: abort.signal, ...options });
}
