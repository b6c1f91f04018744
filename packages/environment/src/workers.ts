export { workerVectorEnvironment, type WorkerVectorOptions } from './vector/worker-vector-environment.js';
