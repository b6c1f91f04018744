/** A file that imports this is tested with fast kernels, which train in a tenth of the cpu backend's time. */
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';

await tf.setBackend('wasm');
const { active } = await installFastKernels({ relaxedSimd: false }); // the same on every machine
if (!active) throw new Error('fast kernels: expected them to be active');
