export { fitGru4Rec, type Gru4RecOptions } from './fit-gru4rec.js';
export { fitSasrec, type SasrecOptions } from './fit-sasrec.js';
export type { SequenceFitOptions } from './fit-options.js';
