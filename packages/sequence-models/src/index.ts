export { fitGru4Rec, type Gru4RecOptions } from './fit-gru4rec.js';
