export { packBlock } from './block';
export { scan } from './scan';
export { ascendPreferences } from './bpr';
export { descendRatings } from './sgd';
export { addTableGram, solveRows } from './als';
