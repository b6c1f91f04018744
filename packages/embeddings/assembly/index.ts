export { packBlock } from './block';
export { quantizeBlock, quantizeRow } from './quantize';
export { scan } from './scan';
export { admitAll, screen } from './screen';
export { ascendPreferences } from './bpr';
export { descendRatings } from './sgd';
export { addTableGram, solveRows } from './als';
export { addPanelProducts, packColumns, packRows } from './panels';
