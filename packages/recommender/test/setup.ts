import '@tensorflow/tfjs-backend-wasm';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';

tf.enableProdMode(); // no "running in Node.js" banner
await tf.setBackend('wasm');
await installFastKernels();
