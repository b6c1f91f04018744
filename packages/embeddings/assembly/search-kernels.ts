export { packBlock } from './block';
export { quantizeBlock, quantizeRow } from './quantize';
export { scan } from './scan';
export { scoreAll } from './score';
export { admitAll, screen } from './screen';
