export { addTableGram, solveRows } from './als';
