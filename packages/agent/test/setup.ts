import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients of TensorFlow.js's own operations

tf.enableProdMode(); // no "running in Node.js" banner
await tf.setBackend('cpu');
