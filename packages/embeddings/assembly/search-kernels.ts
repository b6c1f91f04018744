export { packBlock } from './block';
export { quantizeRow } from './quantize';
export { scan } from './scan';
export { scoreAll } from './score';
